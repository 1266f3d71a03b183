import { type BetterAuthOptions, betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { type GenericOAuthConfig, genericOAuth } from "better-auth/plugins";
import { ADDRESS_HEADER } from "#auth/address.ts";
import {
  admitArrival,
  afterSession,
  beforeSession,
  personCreated,
  sessionEnded,
} from "#auth/hooks.ts";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "#auth/password.ts";
import { serverSecret } from "#auth/secret.ts";
import { type Config, isSecure } from "#config/config.ts";
import { config } from "#config/current.ts";
import { log } from "#config/log.ts";
import type { SignIn } from "#config/signIn.ts";
import { store } from "#db/client.ts";
import type { Db } from "#db/connection.ts";
import { accounts, people, rateLimits, sessions, verifications } from "#db/schema/index.ts";

export type Auth = ReturnType<typeof build>;

const KEY = Symbol.for("plimsoll.auth");
const holder = globalThis as { [KEY]?: Promise<Auth> };

/** better-auth over our own database, for passwords and sessions; built at the first call. */
export async function auth(): Promise<Auth> {
  holder[KEY] ??= store().then(({ db }) => build(db, config(), []));
  return holder[KEY].catch((error) => {
    delete holder[KEY];
    throw error;
  });
}

/** The same with providers; what they answer has no part in the sessions of others. */
export function build(db: Db, settings: Config, providers: GenericOAuthConfig[]) {
  return betterAuth(options(db, settings, providers));
}

const TABLES = {
  user: people,
  session: sessions,
  account: accounts,
  verification: verifications,
  rateLimit: rateLimits,
};

function options(db: Db, settings: Config, providers: GenericOAuthConfig[]) {
  const { signIn, publicUrl } = settings;
  return {
    appName: "Plimsoll",
    baseURL: publicUrl,
    secret: serverSecret(),
    telemetry: { enabled: false },
    database: drizzleAdapter(db, { provider: "pg", schema: TABLES }),
    emailAndPassword: {
      enabled: signIn.passwords,
      // People come by an invitation, which sets their first password.
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    // A session lasts a set time from its sign-in: nobody stays for ever, and reading writes nothing.
    session: { expiresIn: Math.round(signIn.sessionMs / 1000), disableSessionRefresh: true },
    account: {
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: whoseEmailIsTrusted(signIn) },
    },
    verification: { storeIdentifier: "hashed" },
    user: { validateUserInfo: admitArrival },
    databaseHooks: {
      user: { create: { after: personCreated } },
      account: { create: { before: withoutTokens } },
      session: {
        create: { before: beforeSession, after: afterSession },
        delete: { after: sessionEnded },
      },
    },
    plugins: [genericOAuth({ config: providers })],
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 60,
      // Without a rule of its own a way in is open three times in ten seconds: a whole office has one address.
      customRules: {
        "/sign-in/email": { window: 60, max: 10 },
        "/sign-in/social": { window: 60, max: 60 },
      },
    },
    advanced: {
      cookiePrefix: "plimsoll",
      useSecureCookies: isSecure(settings),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      // Said outright: otherwise an environment with TEST=1 would switch both checks off.
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    onAPIError: { errorURL: `${publicUrl}/sign-in` },
    logger: { level: "warn", log: noteTrouble },
  } satisfies BetterAuthOptions;
}

/** better-auth hands the error over beside a message that may be empty. */
function noteTrouble(
  level: "debug" | "info" | "warn" | "error",
  message: string,
  ...more: unknown[]
) {
  const err = more.find((each) => each instanceof Error);
  log()[level]({ room: "auth", ...(err ? { err } : {}) }, message || "signing in failed");
}

/** Their people's accounts are joined with those that an admin made for the same address. */
function whoseEmailIsTrusted({ oidc }: SignIn): string[] {
  return oidc.filter(({ trustEmail }) => trustEmail).map(({ id }) => id);
}

/** We never act for a person at their provider, so its tokens are not kept. */
async function withoutTokens(account: Record<string, unknown>) {
  const none = {
    accessToken: null,
    refreshToken: null,
    idToken: null,
    accessTokenExpiresAt: null,
    refreshTokenExpiresAt: null,
  };
  return { data: { ...account, ...none } };
}

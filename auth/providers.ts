import type { GenericOAuthConfig } from "better-auth/plugins";
import { type Auth, build } from "#auth/auth.ts";
import { githubProvider } from "#auth/github.ts";
import { oidcProvider } from "#auth/oidc.ts";
import { config } from "#config/current.ts";
import { log } from "#config/log.ts";
import { store } from "#db/client.ts";

const KEY = Symbol.for("plimsoll.auth.providers");
const holder = globalThis as { [KEY]?: Map<string, Auth> };

/**
 * better-auth with this one provider, so that one that does not answer stops nobody else. Null when
 * there is none of that id, or it cannot be used now; then it is asked again the next time.
 */
export async function authWith(id: string): Promise<Auth | null> {
  holder[KEY] ??= new Map();
  const known = holder[KEY].get(id);
  if (known) return known;
  const built = await open(id);
  if (built) holder[KEY].set(id, built);
  return built;
}

async function open(id: string): Promise<Auth | null> {
  const provider = configured(id);
  if (!provider) return null;
  const { db } = await store();
  const built = build(db, config(), [provider]);
  // OIDC: its own description of itself is fetched here.
  const context = await within(PATIENCE_MS, built.$context);
  const issuer = context?.socialProviders.find((each) => each.id === id)?.issuer;
  if (context === null) log().warn({ provider: id }, "the sign-in provider does not answer");
  if (!context?.socialProviders.some((each) => each.id === id)) return null;
  return isAsConfigured(id, issuer) ? built : null;
}

const PATIENCE_MS = 5_000;

function configured(id: string): GenericOAuthConfig | null {
  const { github, oidc } = config().signIn;
  if (id === "github") return github && githubProvider(github);
  const found = oidc.find((provider) => provider.id === id);
  return found ? oidcProvider(found) : null;
}

/** Whoever answers at an issuer's address for another one is not to be believed. */
function isAsConfigured(id: string, issuer: string | undefined): boolean {
  const wanted = config().signIn.oidc.find((provider) => provider.id === id)?.issuer;
  if (wanted === undefined || bare(wanted) === bare(issuer ?? "")) return true;
  log().error({ provider: id, wanted, issuer }, "the sign-in provider names another issuer");
  return false;
}

const bare = (address: string) => address.replace(/\/+$/, "");

async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

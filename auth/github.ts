import type { GenericOAuthConfig, GenericOAuthUserInfo } from "better-auth/plugins";
import { z } from "zod";
import type { GithubSignIn } from "#config/signIn.ts";

const profile = z.object({
  id: z.number(),
  login: z.string(),
  name: z.string().nullish(),
  avatar_url: z.string().nullish(),
});
const emails = z.array(
  z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
);
const organizations = z.array(z.object({ login: z.string() }));

/** GitHub is no OIDC provider: its profile, e-mail and organisations are three questions. */
export function githubProvider(github: GithubSignIn): GenericOAuthConfig {
  const site = (github.url ?? "https://github.com").replace(/\/+$/, "");
  const api = github.url ? `${site}/api/v3` : "https://api.github.com";
  return {
    providerId: "github",
    name: "GitHub",
    authorizationUrl: `${site}/login/oauth/authorize`,
    tokenUrl: `${site}/login/oauth/access_token`,
    clientId: github.clientId,
    clientSecret: github.clientSecret,
    scopes: ["read:user", "user:email", ...(github.organizations.length > 0 ? ["read:org"] : [])],
    pkce: true,
    getUserInfo: ({ accessToken = "" }) => userInfo(api, accessToken, github),
  };
}

async function userInfo(
  api: string,
  token: string,
  { organizations: named }: GithubSignIn,
): Promise<GenericOAuthUserInfo | null> {
  const person = profile.parse(await ask(`${api}/user`, token));
  const primary = emails.parse(await ask(`${api}/user/emails`, token)).find((one) => one.primary);
  if (!primary) return null;
  const member =
    named.length === 0
      ? []
      : organizations.parse(await ask(`${api}/user/orgs?per_page=100`, token));
  return {
    id: person.id,
    name: person.name ?? person.login,
    image: person.avatar_url ?? undefined,
    email: primary.email,
    emailVerified: primary.verified,
    organizations: member.map(({ login }) => login.toLowerCase()),
  };
}

const PATIENCE_MS = 10_000;

async function ask(url: string, token: string): Promise<unknown> {
  const answer = await fetch(url, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/vnd.github+json",
      "user-agent": "plimsoll",
    },
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${new URL(url).pathname}`);
  return answer.json();
}

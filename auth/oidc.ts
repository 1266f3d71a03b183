import type { GenericOAuthConfig } from "better-auth/plugins";
import { z } from "zod";
import type { OidcProvider } from "#config/signIn.ts";

/** An OpenID Connect provider: found by its issuer, with PKCE, its ID tokens verified. */
export function oidcProvider(provider: OidcProvider): GenericOAuthConfig {
  const { id, name, issuer, clientId, clientSecret, scopes } = provider;
  return {
    providerId: id,
    name: name ?? id,
    discoveryUrl: `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`,
    requireIdTokenVerification: true,
    clientId,
    clientSecret,
    scopes: [...scopes],
    pkce: true,
    accountSubject: ({ tokens, profile }) => subjectOf(tokens.idToken, profile),
  };
}

const subject = z.object({ sub: z.string().min(1) });

/**
 * Who it is. Only the ID token says so (it has been verified, with its nonce); what the userinfo
 * address adds must be about the same person.
 */
function subjectOf(idToken: string | undefined, profile: unknown): string {
  if (!idToken) throw new Error("the provider sent no ID token");
  const claims = Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString();
  const { sub } = subject.parse(JSON.parse(claims));
  if (subject.parse(profile).sub === sub) return sub;
  throw new Error("ID token and userinfo are about two people");
}

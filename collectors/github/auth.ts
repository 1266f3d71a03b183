import { createPrivateKey, sign } from "node:crypto";
import { z } from "zod";
import type { GithubAuth } from "#collectors/github/source.ts";

/** Gives the value of the `Authorization` header; may ask GitHub for it. */
export type Authorize = (signal: AbortSignal) => Promise<string>;

/** `POST /app/installations/{id}/access_tokens` with an app's own token. */
export type TokenRequest = (
  of: { installationId: string; jwt: string },
  signal: AbortSignal,
) => Promise<Grant>;

export const grantShape = z.object({ token: z.string(), expires_at: z.iso.datetime() });

type Grant = z.infer<typeof grantShape>;

/** A new installation token is fetched this long before the old one ends. */
const EARLY_MS = 60_000;

export function authorization(
  auth: GithubAuth,
  requestToken: TokenRequest,
  clock: () => number = Date.now,
): Authorize {
  if (auth.kind === "token") return async () => `bearer ${auth.token}`;
  let held: { token: string; until: number } | null = null;
  return async (signal) => {
    if (held && clock() < held.until) return `bearer ${held.token}`;
    const jwt = appToken(auth, clock());
    const grant = await requestToken({ installationId: auth.installationId, jwt }, signal);
    held = { token: grant.token, until: Date.parse(grant.expires_at) - EARLY_MS };
    return `bearer ${held.token}`;
  };
}

/** An app's own token (RS256), good for nine minutes; dated back a minute for clocks that run ahead. */
export function appToken(
  { appId, privateKey }: { readonly appId: string; readonly privateKey: string },
  now: number,
): string {
  const seconds = Math.floor(now / 1000);
  const head = part({ alg: "RS256", typ: "JWT" });
  const claims = part({ iat: seconds - 60, exp: seconds + 480, iss: appId });
  const signed = Buffer.from(`${head}.${claims}`);
  const signature = sign("RSA-SHA256", signed, createPrivateKey(privateKey));
  return `${head}.${claims}.${signature.toString("base64url")}`;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

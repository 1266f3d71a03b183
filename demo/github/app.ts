import { verify } from "node:crypto";
import { z } from "zod";
import type { AppRegistration, Desk } from "#demo/github/desk.ts";
import { type Reply, refuse } from "#demo/github/reply.ts";

const claimsShape = z.object({ iss: z.string(), iat: z.number(), exp: z.number() });
const HOUR_MS = 3_600_000;
/** GitHub refuses an app's token that lives longer. */
const MAX_LIFE_S = 600;

/** `POST /app/installations/{id}/access_tokens`: a token of one hour for a signed claim. */
export function installationToken(desk: Desk, id: number, bearer: string): Reply {
  const { app } = desk;
  if (!app || !isGenuine(app, bearer, desk.clock()))
    return refuse(401, "A JSON web token could not be decoded");
  if (id !== app.installationId) return refuse(404, "Not Found");
  const token = `ghs_${desk.tokens.size}`;
  desk.tokens.add(token);
  const expires = new Date(desk.clock() + HOUR_MS).toISOString();
  return { status: 201, body: { token, expires_at: expires } };
}

function isGenuine(app: AppRegistration, jwt: string, now: number): boolean {
  const [head = "", payload = "", signature = ""] = jwt.split(".");
  const signed = Buffer.from(`${head}.${payload}`);
  if (!verify("RSA-SHA256", signed, app.publicKey, Buffer.from(signature, "base64url")))
    return false;
  const claims = claimsShape.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  const seconds = now / 1000;
  const { iss, iat, exp } = claims;
  return iss === app.id && iat <= seconds && exp > seconds && exp - iat <= MAX_LIFE_S;
}

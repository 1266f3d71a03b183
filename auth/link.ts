import { createHash, randomBytes } from "node:crypto";

/** A one-time link: what is told to a person, and what is kept of it. */
export interface OneTimeLink {
  readonly url: string;
  readonly tokenHash: string;
}

/** A new link to the welcome page; `publicUrl` is how our links begin. */
export function oneTimeLink(publicUrl: string): OneTimeLink {
  const token = randomBytes(32).toString("base64url");
  return { url: `${publicUrl}/welcome?token=${token}`, tokenHash: hashSecret(token) };
}

/** SHA-256 in hex: enough for what is random already. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

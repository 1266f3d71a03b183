import { createHash } from "node:crypto";

/** Secret scanners know our tokens by this, people too. */
const PREFIX = "plim_";
const SECRET_BYTES = 32;
const CHECK_LENGTH = 6;
const SHAPE = /^plim_([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{6})$/;

/**
 * The text of a token: prefix, 32 random bytes (the caller's) and a checksum of six characters, so that
 * a mistyped token, and a real one in a leaked file, can be told without asking the server.
 * Throws a RangeError for any other number of bytes.
 * @example tokenText(randomBytes(32)) // "plim_" and 49 more characters
 */
export function tokenText(secret: Uint8Array): string {
  if (secret.length !== SECRET_BYTES) {
    throw new RangeError(`a token has ${SECRET_BYTES} random bytes, not ${secret.length}`);
  }
  const body = Buffer.from(secret).toString("base64url");
  return `${PREFIX}${body}${checksum(body)}`;
}

/**
 * What is kept of a token: SHA-256 of its whole text, 64 hex digits. No salt: 256 random bits cannot
 * be guessed, and the hash is what a token is found by.
 * @example hashToken("") // "e3b0c442…b855"
 */
export function hashToken(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * Whether a text is a token by its shape and checksum; whether it is a live one, the database knows.
 * @example looksLikeToken("plim_") // false
 */
export function looksLikeToken(text: string): boolean {
  const [, body = "", check] = SHAPE.exec(text) ?? [];
  return check !== undefined && checksum(body) === check;
}

/**
 * The last four characters of a token, by which people tell tokens apart; all of a shorter text.
 * @example tokenHint("plim_…9fQx") // "9fQx"
 */
export function tokenHint(text: string): string {
  return text.slice(-4);
}

function checksum(body: string): string {
  return createHash("sha256").update(`${PREFIX}${body}`).digest("base64url").slice(0, CHECK_LENGTH);
}

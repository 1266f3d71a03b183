import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** What a secret is sealed with and for: it opens with the same two alone. */
export interface Seal {
  /** The server's secret. */
  readonly key: string;
  /** What it is and whose, e.g. `webhook-secret:<id>`: one row's does not open as another's. */
  readonly purpose: string;
}

const VERSION = "v1";
const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A small secret as text that may lie in the database: `v1.<nonce, ciphertext and tag>`. */
export function seal(text: string, { key, purpose }: Seal): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, derive(key), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(purpose));
  const sealed = [nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
  return `${VERSION}.${Buffer.concat(sealed).toString("base64url")}`;
}

/** The secret again; null when it was changed, is of another purpose, or the server's secret is another now. */
export function unseal(sealed: string, { key, purpose }: Seal): string | null {
  const [version, packed = "", more] = sealed.split(".");
  const bytes = Buffer.from(packed, "base64url");
  if (version !== VERSION || more !== undefined || bytes.length < NONCE_BYTES + TAG_BYTES) {
    return null;
  }
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, derive(key), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** A key of its own, so that what is sealed and what cookies are signed with tell nothing of each other. */
function derive(key: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", `plimsoll seal ${VERSION}`, KEY_BYTES));
}

import { createHmac, timingSafeEqual } from "node:crypto";

/** SHA-256: 32 bytes, as 64 hex digits in lower case as both senders write them. */
const DIGEST = /^[0-9a-f]{64}$/;
/** Both senders send one for each live secret; nobody has this many. */
const MOST_SIGNATURES = 8;

/** The digest of GitHub's `X-Hub-Signature-256: sha256=…`; none when it is not of that form. */
export function githubDigests(header: string): Buffer[] {
  return digestsOf([header], "sha256=");
}

/** The digests of PagerDuty's `X-PagerDuty-Signature: v1=…,v1=…`; other versions are passed over. */
export function pagerdutyDigests(header: string): Buffer[] {
  const all = header.split(",").map((part) => part.trim());
  return all.length > MOST_SIGNATURES ? [] : digestsOf(all, "v1=");
}

function digestsOf(signatures: readonly string[], scheme: string): Buffer[] {
  return signatures
    .filter((signature) => signature.startsWith(scheme))
    .map((signature) => signature.slice(scheme.length))
    .filter((hex) => DIGEST.test(hex))
    .map((hex) => Buffer.from(hex, "hex"));
}

/**
 * The secret that one of `digests` was made with over `body`; null when none was. Every pair is
 * compared, each in constant time, so the time taken tells nothing of what was close.
 */
export function signedWith<Secret extends { readonly text: string }>(
  body: Buffer,
  digests: readonly Buffer[],
  secrets: readonly Secret[],
): Secret | null {
  let found: Secret | null = null;
  for (const secret of secrets) {
    const ours = createHmac("sha256", secret.text).update(body).digest();
    for (const digest of digests) {
      if (timingSafeEqual(ours, digest)) found = secret;
    }
  }
  return found;
}

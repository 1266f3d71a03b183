import { config } from "#config/current.ts";
import { atMost, type Rule } from "#lib/access/bucket.ts";
import { Buckets } from "#lib/access/buckets.ts";

/** What is counted: requests of an address, requests of a token, tries to sign in to an account. */
type Kind = "address" | "token" | "sign-in";

const MINUTE_MS = 60_000;
/** Right or wrong: a password may be tried this often before its account has to wait. */
const SIGN_INS = atMost(10, 15 * MINUTE_MS);

const KEY = Symbol.for("plimsoll.limits");
const holder = globalThis as { [KEY]?: Record<Kind, Buckets> };

/**
 * Counts a request of `key`: null when it may go on, else the whole seconds to wait. Each process counts
 * for itself, and forgets when it ends.
 */
export function overLimit(kind: Kind, key: string, nowMs: number): number | null {
  holder[KEY] ??= { address: new Buckets(), token: new Buckets(), "sign-in": new Buckets() };
  const waitMs = holder[KEY][kind].take(key, ruleFor(kind), nowMs);
  return waitMs > 0 ? Math.ceil(waitMs / 1_000) : null;
}

function ruleFor(kind: Kind): Rule {
  if (kind === "sign-in") return SIGN_INS;
  const { addressPerMinute, tokenPerMinute } = config().limits;
  return atMost(kind === "address" ? addressPerMinute : tokenPerMinute, MINUTE_MS);
}

import { retryAfterMs } from "#lib/notices/retry.ts";
import type { Outcome } from "#notify/outbound.ts";

/** What a try came to. `status` is null where nothing was answered; reasons never hold the address. */
export type Verdict =
  | { readonly verdict: "delivered"; readonly status: number }
  /** Worth another try; after as long as the receiver asks for. */
  | {
      readonly verdict: "later";
      readonly status: number | null;
      readonly reason: string;
      readonly retryAfterMs: number | null;
    }
  /** Will not be taken however often it is tried. */
  | { readonly verdict: "refused"; readonly status: number | null; readonly reason: string }
  /** The receiver wants nothing any more. */
  | { readonly verdict: "gone"; readonly status: number; readonly reason: string };

/** Client errors that say nothing against the message itself. */
const PASSING = new Set([408, 425, 429]);
const LONGEST_QUOTE = 200;

/** Reads what came back, at `now` (epoch ms). */
export function verdictOf(outcome: Outcome, now: number): Verdict {
  if (outcome.outcome === "refused") {
    return { verdict: "refused", status: null, reason: outcome.reason };
  }
  if (outcome.outcome === "failed") {
    return { verdict: "later", status: null, reason: outcome.reason, retryAfterMs: null };
  }
  const { status } = outcome;
  if (status >= 200 && status < 300) return { verdict: "delivered", status };
  const reason = `answered ${status}${quoted(outcome.body)}`;
  if (status === 410) return { verdict: "gone", status, reason };
  if (status >= 400 && status < 500 && !PASSING.has(status)) {
    return { verdict: "refused", status, reason };
  }
  return { verdict: "later", status, reason, retryAfterMs: retryAfterMs(outcome.retryAfter, now) };
}

/** The beginning of the answer, in one line: it often says what is wrong. */
function quoted(body: string): string {
  const line = body
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .toWellFormed();
  if (line === "") return "";
  const cut =
    line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE).toWellFormed()}…` : line;
  return `: ${cut}`;
}

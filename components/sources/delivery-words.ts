import type { DeliverySourceView, QuotaView } from "#components/sources/view.ts";
import { count } from "#lib/format/numbers.ts";
import type { SloState } from "#lib/slo/status.ts";

/** How a source of deployments or incidents is, as one of the marks of the product with a word of its own. */
export function deliveryMark({ state, failures }: DeliverySourceView): {
  mark: SloState;
  word: string;
} {
  if (state === "failed") return { mark: "exhausted", word: "Not answering" };
  if (state === "starting") return { mark: "unknown", word: "Not asked yet" };
  if (failures.length > 0) return { mark: "at-risk", word: "Answers in part" };
  return { mark: "healthy", word: "Answering" };
}

const FAILURES: readonly [RegExp, string][] = [
  [/credentials/, "Set its token, or the app's id and key, in plimsoll.yaml and start again."],
  [/rate limit/, "It is asked again when its quota is whole; what is there stays."],
  [/does not let us read/, "Give the token or the app leave to read what the message names."],
  [
    /refused the connection|could not be/,
    "Look at its address in plimsoll.yaml and at the network.",
  ],
  [/redirects|not GitHub's JSON/, "Give the final address of its API as url in plimsoll.yaml."],
];

/** What to do about a source that does not answer; null when it does. */
export function deliveryAdvice({ state, error }: DeliverySourceView): string | null {
  if (state !== "failed") return null;
  const known = FAILURES.find(([pattern]) => pattern.test(error ?? ""))?.[1];
  const then = "It is asked again every five minutes and goes on from where it was.";
  return known ? `${known} ${then}` : then;
}

/** "1,208 of 5,000 left", and what the last run took. */
export function quotaWords({ used, remaining, limit }: QuotaView): { left: string; last: string } {
  const points = used === 1 ? "1 point" : `${count(used)} points`;
  return { left: `${count(remaining)} of ${count(limit)} left`, last: `last run took ${points}` };
}

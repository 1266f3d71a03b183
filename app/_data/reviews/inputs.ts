import type { ReviewInputs, ReviewNumbers } from "#components/reviews/view.ts";
import { hashOf } from "#lib/dora/canonical.ts";

/**
 * A hash of the incidents, spenders and decisions of a month. Shares count as they are printed: their last
 * digits move when old rows are thinned. The gate's log goes one day; what it counted is no fact.
 */
export function eventsHash({
  decisions,
  incidents,
  spenders,
}: Pick<ReviewNumbers, "decisions" | "incidents" | "spenders">): string {
  const { gate: _, ...lasting } = decisions;
  const printed = spenders.map((one) => ({ ...one, share: Math.round(one.share * 100) }));
  return hashOf({ decisions: lasting, incidents, spenders: printed });
}

/** Whether two sets of numbers, with their action items, are made of the same facts. */
export function isSame(a: ReviewInputs, b: ReviewInputs): boolean {
  return areSameFacts(a, b) && a.actions === b.actions;
}

/** As `isSame`, but for action items, which go on after a review is published. */
export function areSameFacts(a: ReviewInputs, b: ReviewInputs): boolean {
  return a.delivery === b.delivery && a.slos === b.slos && a.events === b.events;
}

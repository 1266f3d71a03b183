import { STAGE_WORD } from "#components/dora/words.ts";
import type { LeadTimeChange } from "#lib/dora/leadTimeChange.ts";
import { span } from "#lib/format/numbers.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Why lead time went up or down, in a sentence; means, since the stages sum to them. */
export function whyWords(change: LeadTimeChange | null): string {
  if (!change) return "There is nothing to compare with: one of the two periods has no lead times.";
  const { byMs } = change;
  const [first, second] = change.stages;
  if (!first || Math.abs(byMs) < MINUTE) return "The mean lead time is as in the period before.";
  const up = byMs > 0;
  const whole = `The mean lead time is ${span(Math.abs(byMs))} ${up ? "longer" : "shorter"} than in the period before`;
  const most = `${STAGE_WORD[first.stage]} takes ${span(Math.abs(first.byMs))} ${first.byMs > 0 ? "longer" : "less"}`;
  const also = second && isNotable(second.byMs, byMs) ? `, ${partWords(second)}` : "";
  return `${whole}: ${most}${also}.`;
}

/** A second stage is worth a word when it makes up a fifth of the whole, the same way. */
function isNotable(byMs: number, wholeMs: number): boolean {
  return byMs / wholeMs >= 0.2;
}

function partWords({ stage, byMs }: LeadTimeChange["stages"][number]): string {
  return `${STAGE_WORD[stage]} ${span(Math.abs(byMs))} ${byMs > 0 ? "longer" : "less"}`;
}

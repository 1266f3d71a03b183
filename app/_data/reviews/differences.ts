import { valueText } from "#components/dora/figures.ts";
import { gapWords } from "#components/dora/gap-words.ts";
import { METRIC_WORD } from "#components/dora/words.ts";
import type { Difference, ReviewNumbers } from "#components/reviews/view.ts";
import { count, percent, precisePercent } from "#lib/format/numbers.ts";

type Line = readonly [what: string, value: string];

/**
 * What a month's numbers are now and were not when they were published. What each spender cost is not
 * among them: it is a share of a window that goes on after the month.
 */
export function differencesOf(published: ReviewNumbers, present: ReviewNumbers): Difference[] {
  const then = new Map(linesOf(published));
  const now = new Map(linesOf(present));
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((what) => {
    const [before = "not there", after = "not there"] = [then.get(what), now.get(what)];
    return before === after ? [] : [{ what, published: before, present: after }];
  });
}

function linesOf({ metrics, slos, decisions, incidents, gaps, zone }: ReviewNumbers): Line[] {
  return [
    ...metrics.flatMap(({ name, now }): Line[] => [
      [METRIC_WORD[name], valueText(now)],
      [`${METRIC_WORD[name]}, taken over`, count(now.n)],
    ]),
    ...slos.flatMap(({ service, slo, sli, consumed }): Line[] => [
      [`${service}/${slo}, attained`, sli === null ? "n/a" : precisePercent(sli)],
      [`${service}/${slo}, budget spent`, consumed === null ? "n/a" : percent(consumed, 1)],
    ]),
    ["Changes of policy state", count(decisions.transitions.length)],
    ["Turns of exceptions", count(decisions.exceptions.length)],
    ["Owed items", count(decisions.owed.length)],
    ["Incidents", count(incidents.length)],
    ["What is missing", gapWords(gaps, zone).join(" ") || "nothing"],
  ];
}

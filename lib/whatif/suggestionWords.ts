import { count, percent, precisePercent } from "#lib/format/numbers.ts";
import { DAY } from "#lib/time/duration.ts";
import type { Suggestion } from "#lib/whatif/suggestion.ts";

/** Fewer windows than these one after the other are a first guess. */
const FEW = 3;

type Chosen = Extract<Suggestion, { readonly kind: "objective" }>;

/**
 * Why an objective is suggested, or why none is, in a few sentences.
 * @example suggestionReason(short) // "12 of the 30 days of one window are known: …"
 */
export function suggestionReason(suggestion: Suggestion): string {
  switch (suggestion.kind) {
    case "objective":
      return chosenWords(suggestion);
    case "short":
      return shortWords(suggestion);
    case "traffic":
      return `There is too little traffic to tell: even 90 % would leave only ${amount(suggestion.budgetTotal, suggestion.unit)} to fail in a typical window of ${suggestion.window}. A longer window, or minutes instead of events, can tell more.`;
    case "missed":
      return `No usual objective would have been kept: the worst window of ${suggestion.window} had ${precisePercent(suggestion.worstSli)}, and even 90 % would have lost more than three quarters of its budget.`;
  }
}

function shortWords(of: Extract<Suggestion, { readonly kind: "short" }>): string {
  const known = count(Math.floor(of.knownMs / DAY));
  const have =
    of.knownMs < of.neededMs
      ? `${known} of the ${count(of.neededMs / DAY)} days of one window are known`
      : `No whole window of ${of.window} is known in ${known} days of history`;
  return `${have}: an objective can be suggested once a whole window of ${of.window} is known, with at least 90 % of its minutes and some traffic.`;
}

function chosenWords(of: Chosen): string {
  return [keptWords(of), leavesWords(of), LIMITS[of.limit], guessWords(of)]
    .filter((part) => part !== "")
    .join(" ");
}

function keptWords({ objective, windows, window, worst, typical }: Chosen): string {
  const all =
    windows === 1
      ? `the one known window of ${window}`
      : `all ${windows} known windows of ${window}`;
  return `${precisePercent(objective)} would have been kept in ${all}: the worst, at ${precisePercent(worst.sli)}, would have spent ${percent(worst.consumed)} of its budget, a typical one, at ${precisePercent(typical.sli)}, ${percent(typical.consumed)}.`;
}

function leavesWords({ typical, unit }: Chosen): string {
  return `It lets ${amount(typical.budgetTotal, unit)} fail in a typical window.`;
}

const LIMITS: Readonly<Record<Chosen["limit"], string>> = {
  spent: "The next usual one would have lost more than three quarters of a budget.",
  traffic: "A higher one would leave less than 5 to fail, so that one failure decides.",
  highest: "",
};

function guessWords({ inARow, window }: Chosen): string {
  if (inARow >= FEW) return "";
  return `Only ${Number(inARow.toFixed(1))} windows of ${window} are known one after the other: take it as a first guess.`;
}

function amount(value: number, unit: "events" | "minutes"): string {
  return `${count(value)} ${unit}`;
}

import type { NumberId } from "#lib/explain/explanation.ts";

/**
 * What a number is called, and what it says in one or two sentences; `label` is its window.
 * @example wordsOf("burn-1h", "1h").title // "Burn rate over 1h"
 */
export function wordsOf(id: NumberId, label: string): { title: string; meaning: string } {
  if (id.startsWith("burn-")) {
    return {
      title: `Burn rate over ${label}`,
      meaning: `How many times faster than an even spend the budget went in the last ${label}. At 1× it would last exactly the SLO's window.`,
    };
  }
  return WORDS[id as keyof typeof WORDS];
}

const WORDS = {
  remaining: {
    title: "Budget left",
    meaning:
      "The share of the error budget of the whole window that is not spent yet. Below zero it is overspent.",
  },
  sli: {
    title: "SLI",
    meaning: "The share of what was counted in the window that was good.",
  },
  coverage: {
    title: "Coverage",
    meaning:
      "The share of minutes for which the source had an answer. A minute without one lowers coverage, never the SLI.",
  },
  exhausts: {
    title: "Runs out",
    meaning:
      "When the budget is spent if the present pace goes on: that of the last six hours, or of the window of the alert that fires where it is faster. Traffic is taken to repeat and old failures to leave the window.",
  },
  recovers: {
    title: "Recovers",
    meaning:
      "When the budget is above zero again if nothing fails from now on: enough old failures have left the window.",
  },
  lifts: {
    title: "Block lifts",
    meaning:
      "When the blocking policy state ends if nothing fails from now on. It ends only a little below its threshold, so that it does not flap.",
  },
} as const;

import type { Counts, TotalsRow } from "#lib/slo/totals.ts";

/** How one number came about: JSON-safe, times in epoch ms. */
export interface Explanation {
  readonly id: NumberId;
  readonly title: string;
  /** What the number says, one or two sentences. */
  readonly meaning: string;
  readonly unit: "events" | "minutes";
  readonly window: ExplainedWindow;
  /** The formula, a line at a time, each with its figures. */
  readonly steps: readonly Step[];
  /** The stored rows at both edges of the window; null before the first row. */
  readonly rows: { readonly start: TotalsRow | null; readonly end: TotalsRow | null };
  readonly difference: Counts;
  readonly queries: readonly ExplainedQuery[];
  readonly source: ExplainedSource;
}

/** Half-open, `[from, to)`. */
export interface ExplainedWindow {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** `name = formula = filled = result`. */
export interface Step {
  readonly name: string;
  readonly formula: string;
  readonly filled: string;
  readonly result: string;
}

export interface ExplainedQuery {
  /** "good", "bad", "total", "value", "ratio". */
  readonly counts: string;
  /** As the document has it. */
  readonly written: string;
  /** What is sent each minute; null when it is what is written. */
  readonly asked: string | null;
  /** Where each of them opens in the source's own page; null = nowhere. */
  readonly links: { readonly written: string | null; readonly asked: string | null };
}

export interface ExplainedSource {
  readonly name: string;
  readonly flavour: string | null;
}

/** The numbers that can be explained; `burn-1h` is the burn rate over one hour. */
export type NumberId =
  | "remaining"
  | "sli"
  | "coverage"
  | "exhausts"
  | "recovers"
  | "lifts"
  | `burn-${string}`;

const FIXED: readonly string[] = ["remaining", "sli", "coverage", "exhausts", "recovers", "lifts"];

/**
 * The number that a URL names; null when there is none of that name.
 * @example readNumberId("burn-1h") // "burn-1h"
 */
export function readNumberId(text: string | null): NumberId | null {
  if (text === null) return null;
  return FIXED.includes(text) || /^burn-\w+$/.test(text) ? (text as NumberId) : null;
}

import type { ChangeFields, ChangeReading } from "#lib/whatif/change.ts";
import type { Side } from "#lib/whatif/side.ts";
import type { Suggestion } from "#lib/whatif/suggestion.ts";

/** An SLO's history under another definition beside the present one: JSON-safe, times in epoch ms. */
export interface WhatIf {
  readonly kind: "slo";
  readonly service: string;
  readonly name: string;
  readonly unit: "events" | "minutes";
  /** As written. */
  readonly fields: ChangeFields;
  readonly mistakes: ChangeReading["mistakes"];
  /** What the present definition has in the fields. */
  readonly presentFields: Readonly<Record<keyof ChangeFields, string>>;
  /** Anything differs from the present definition. */
  readonly changed: boolean;
  /** Null while nothing can be compared; `why` says what is missing. */
  readonly compared: Compared | null;
  readonly why: string | null;
}

/** What was gone through, `[from, to)`, and what came of it. */
export interface Compared {
  readonly from: number;
  readonly to: number;
  readonly present: Side;
  /** Null while a field has a mistake. */
  readonly asked: Side | null;
  readonly line: ConsumedLine;
  readonly suggestion: Suggestion;
}

/** Share of the budget consumed at the end of each bin, null where it was not known. */
export interface ConsumedLine {
  readonly at: readonly number[];
  readonly present: readonly (number | null)[];
  /** Null while a field has a mistake. */
  readonly asked: readonly (number | null)[] | null;
}

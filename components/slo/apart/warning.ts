import { overFirings } from "#lib/alerts/covered.ts";

/** A window as a form has it, before it is told. Epoch ms. */
export interface PlannedWindow {
  readonly kind: string;
  /** "yes" leaves it out, "no" counts it, "" is as usual for its kind. */
  readonly excluded: string;
  readonly from: number | null;
  readonly to: number | null;
}

/** What fired, or an incident that is open. Epoch ms. */
export interface FiredThing {
  readonly what: string;
  readonly from: number;
  readonly to: number | null;
}

/** What the window would take out of the budget if it was told, what began last first. */
export function warningOf(window: PlannedWindow, fired: readonly FiredThing[]): FiredThing[] {
  const { from, to, kind, excluded } = window;
  const isLeftOut = excluded === "yes" || (excluded === "" && kind === "maintenance");
  if (!isLeftOut || from === null) return [];
  return fired
    .filter((one) => overFirings([{ from, to }], [one], Number.POSITIVE_INFINITY).length > 0)
    .toSorted((a, b) => b.from - a.from);
}

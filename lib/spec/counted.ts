import type { CountedSli, Slicing, SloDefinition } from "#lib/spec/model.ts";

type Budgeted = Pick<SloDefinition, "sli" | "budgeting">;

/**
 * The time slices in which an SLO spends its budget; null where each event or minute counts by itself.
 * @example slicingOf(definition)?.windowMs // 300_000
 */
export function slicingOf({ budgeting }: Pick<Budgeted, "budgeting">): Slicing | null {
  return budgeting === undefined || budgeting.method === "occurrences" ? null : budgeting;
}

/**
 * What is counted for an SLO: slices have totals of their own, so they belong to the SLI.
 * @example countedSli({ sli, budgeting: { method: "timeslices", target: 0.95, windowMs: 300_000 } }).slices?.windowMs // 300_000
 */
export function countedSli(definition: Budgeted): CountedSli {
  const slices = slicingOf(definition);
  return slices ? { ...definition.sli, slices } : definition.sli;
}

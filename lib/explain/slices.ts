import type { Step } from "#lib/explain/explanation.ts";
import { count, percent } from "#lib/explain/figures.ts";
import { slicingOf } from "#lib/spec/counted.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { formatDuration, MINUTE } from "#lib/time/duration.ts";

/**
 * How a time slice becomes good and bad minutes; nothing where events or minutes count by themselves.
 * @example sliceSteps(definition)[0]?.filled // "good / total ≥ 95 %"
 */
export function sliceSteps(definition: Pick<SloDefinition, "budgeting">): Step[] {
  const slicing = slicingOf(definition);
  if (!slicing) return [];
  const name = `a slice of ${formatDuration(slicing.windowMs)}`;
  const minutes = `${count(slicing.windowMs / MINUTE)} min`;
  if (slicing.method === "ratioTimeslices") {
    const formula = "minutes of the slice × good / total in it";
    return [{ name, formula, filled: `${minutes} × good / total`, result: "its good minutes" }];
  }
  return [
    {
      name,
      formula: "good when good / total in it reaches its target",
      filled: `good / total ≥ ${percent(slicing.target)}`,
      result: `${minutes} good, else ${minutes} bad`,
    },
  ];
}

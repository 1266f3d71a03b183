import { clashingLabels } from "#lib/rules/labels.ts";
import { splitTiers } from "#lib/rules/tiers.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** Every way in which rules say less than the document; the guide lists them. */
export const RULE_LOSS_CODES = {
  "not-exported":
    "the SLO has no rules: it spends its budget by time slices, or has one instance for each label set",
  "not-countable": "the SLO has no rules: its events cannot be counted",
  "tier-never-fires": "a tier has no alert: even a full outage burns no faster than its factor",
  "calendar-window":
    "the remaining budget is not recorded: PromQL does not know where a calendar period begins",
  "label-dropped": "a label of the document has a name that the rules use for something else",
  "other-datasource": "the document names a source: load the rules into that Prometheus",
} as const;

export interface RuleLoss {
  readonly code: keyof typeof RULE_LOSS_CODES;
  readonly message: string;
}

/**
 * Why an SLO can have no rules at all; null when it can.
 * @example refusal(definition) // null
 */
export function refusal(definition: SloDefinition): RuleLoss | null {
  const { budgeting, grouping } = definition;
  const slices = budgeting !== undefined && budgeting.method !== "occurrences";
  if (slices) return { code: "not-exported", message: NO_SLICES };
  return grouping?.length ? { code: "not-exported", message: NO_INSTANCES } : null;
}

const NO_SLICES =
  "has no rules: it counts time slices, which Plimsoll does itself; use its own alerts for this one";
const NO_INSTANCES =
  "has no rules: it has an instance for each set of labels, which Plimsoll tells apart itself; use its own alerts for this one";

/**
 * What the rules of an SLO cannot say, one sentence each.
 * @example lossesOf(definition) // [{ code: "tier-never-fires", message: "…" }]
 */
export function lossesOf(definition: SloDefinition): RuleLoss[] {
  const { window, datasource, labels } = definition;
  const { dead } = splitTiers(definition);
  const highest = Number((1 / budgetOf(definition.objective)).toPrecision(3));
  return [
    ...dead.map(({ tier, factor }) => {
      const message = `has no alert for ${tier}: a full outage burns ${highest} times the even pace, and it needs more than ${factor}`;
      return { code: "tier-never-fires", message } as const;
    }),
    ...(window.kind === "calendar"
      ? [{ code: "calendar-window", message: NO_REMAINING } as const]
      : []),
    ...clashingLabels(definition).map((name) => {
      const message = `the label ${name}=${JSON.stringify(labels[name])} is left out, as the rules have their own; name it otherwise`;
      return { code: "label-dropped", message } as const;
    }),
    ...(datasource === null
      ? []
      : [{ code: "other-datasource", message: otherSource(datasource) } as const]),
  ];
}

const NO_REMAINING =
  "the remaining budget is not recorded, as PromQL does not know where the period begins; alerts are complete";

function otherSource(datasource: string): string {
  return `is measured in the source ${JSON.stringify(datasource)}; load its rules into that Prometheus`;
}

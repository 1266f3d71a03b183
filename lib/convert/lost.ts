import type { Loss } from "#lib/convert/loss.ts";
import { DEFAULT_POLICY } from "#lib/policy/policy.ts";
import { defaultAlerting } from "#lib/spec/details.ts";
import type { PolicyThreshold, SloDefinition } from "#lib/spec/model.ts";

type Field = keyof SloDefinition;

/** What an SLO says beyond what a document must say, each with what goes when a format has no place for it. */
const SAID: readonly {
  readonly field: Field;
  readonly isSaid: (definition: SloDefinition) => boolean;
  readonly message: string;
}[] = [
  { field: "team", isSaid: ({ team }) => team !== null, message: "the team is not carried over" },
  {
    field: "description",
    isSaid: ({ description }) => description !== null,
    message: "the description is not carried over",
  },
  {
    field: "budgeting",
    isSaid: ({ budgeting }) => budgeting !== undefined && budgeting.method !== "occurrences",
    message: "time slices are not carried over: each event counts by itself",
  },
  {
    field: "grouping",
    isSaid: ({ grouping }) => grouping !== undefined,
    message: "the groups are not carried over: all are counted as one",
  },
  {
    field: "policy",
    isSaid: ({ policy }) => !isDefaultPolicy(policy),
    message: "the error budget policy is not carried over: the default one counts",
  },
  {
    field: "clauses",
    isSaid: ({ clauses }) => clauses !== undefined,
    message:
      "what the policy says of postmortems, planning, exemptions and experiments is not carried over",
  },
  {
    field: "exclusions",
    isSaid: ({ exclusions }) => exclusions !== undefined,
    message: "the exclusions are not carried over: their events count",
  },
  { field: "alerting", isSaid: isAlertingSaid, message: "the alerting is not carried over" },
  {
    field: "enforced",
    isSaid: ({ enforced }) => !enforced,
    message: "that it is aspirational is not carried over: it is enforced",
  },
  {
    field: "formerly",
    isSaid: ({ formerly }) => formerly.length > 0,
    message: "its earlier names are not carried over: history does not follow",
  },
  {
    field: "labels",
    isSaid: ({ labels }) => Object.keys(labels).length > 0,
    message: "the labels are not carried over",
  },
  {
    field: "runbook",
    isSaid: (d) => d.runbook !== null,
    message: "the runbook is not carried over",
  },
  {
    field: "dashboard",
    isSaid: ({ dashboard }) => dashboard !== null,
    message: "the dashboard is not carried over",
  },
  {
    field: "datasource",
    isSaid: ({ datasource }) => datasource !== null,
    message: "the datasource is not carried over: the first one counts",
  },
];

/**
 * What is lost in a format that has no place for these fields; nothing for fields that say nothing.
 * @example lostFields({ ...definition, team: "shop" }, ["team", "runbook"]) // [{ field: "team", … }]
 */
export function lostFields(definition: SloDefinition, fields: readonly Field[]): Loss[] {
  return SAID.filter(({ field, isSaid }) => fields.includes(field) && isSaid(definition)).map(
    ({ field, message }) => ({ field, message }),
  );
}

/**
 * Whether a policy is the one that counts where none is written.
 * @example isDefaultPolicy(DEFAULT_POLICY) // true
 */
export function isDefaultPolicy(policy: readonly PolicyThreshold[]): boolean {
  return JSON.stringify(policy.map(parts)) === JSON.stringify(DEFAULT_POLICY.map(parts));
}

function parts({ threshold, action, name, gate }: PolicyThreshold): readonly unknown[] {
  return [threshold, action, name, gate];
}

function isAlertingSaid({ alerting, sli }: SloDefinition): boolean {
  const usual = defaultAlerting(sli.kind);
  const { minBadEvents, page, ticket, tiers } = alerting;
  return !(minBadEvents === usual.minBadEvents && page && ticket && tiers === undefined);
}

import { type InstanceLabels, instanceName, isGroupedBy } from "#lib/instances/name.ts";
import { withLabels } from "#lib/promql/match.ts";
import type { SliDefinition, SloDefinition } from "#lib/spec/model.ts";

/**
 * The SLO of one label set of a grouped SLO: the same promise over that set's events alone. Its queries
 * ask for the labels, so it is counted, judged and gated like any other SLO. Null where a query does
 * not parse.
 * @example instanceOf(definition, { handler: "/pay" })?.instance?.of // "latency"
 */
export function instanceOf(
  definition: SloDefinition,
  labels: InstanceLabels,
): SloDefinition | null {
  const sli = sliOf(definition.sli, labels);
  if (sli === null) return null;
  const { grouping: _, ...whole } = definition;
  return {
    ...whole,
    name: instanceName(definition.name, labels),
    sli,
    formerly: definition.formerly.map((former) => instanceName(former, labels)),
    labels: { ...definition.labels, ...labels },
    instance: { of: definition.name, labels },
  };
}

function sliOf(sli: SliDefinition, labels: InstanceLabels): SliDefinition | null {
  if (sli.kind !== "events") {
    const query = withLabels(sli.query, labels);
    return query === null ? null : { ...sli, query };
  }
  const numerator = withLabels(sli.numerator, labels);
  const total = withLabels(sli.total, labels);
  return numerator === null || total === null ? null : { ...sli, numerator, total };
}

/** The label sets that are known of each grouped SLO, by its name: `service/slo`. */
export type KnownSets = ReadonlyMap<string, readonly InstanceLabels[]>;

/**
 * The instances of an SLO that are known, under its present name or a former one; none of an SLO that
 * is not grouped.
 * @example instancesOf(definition, new Map([["api/latency", [{ handler: "/pay" }]]])).length // 1
 */
export function instancesOf(definition: SloDefinition, known: KnownSets): SloDefinition[] {
  const { grouping, service, name, formerly } = definition;
  if (!grouping) return [];
  const present = [`${service}/${name}`, ...formerly].find((each) => known.has(each));
  // The labels of the document count: sets of an earlier grouping are none of its instances.
  const sets = present === undefined ? [] : (known.get(present) ?? []);
  return sets
    .filter((labels) => isGroupedBy(labels, grouping))
    .flatMap((labels) => instanceOf(definition, labels) ?? []);
}

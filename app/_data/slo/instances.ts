import type { InstanceLine, InstancesView } from "#components/slo/instances/view.ts";
import type { Db } from "#db/connection.ts";
import { type InstanceReading, readGrouping, readInstances } from "#db/reads/instances.ts";
import type { SloRecord } from "#db/reads/slo.ts";
import { labelsText } from "#lib/instances/name.ts";
import { SLO_STATES } from "#lib/slo/status.ts";

/** The instances of a grouped SLO as they are now, worst first; null of one that is not grouped. */
export async function readInstancesView(db: Db, record: SloRecord): Promise<InstancesView | null> {
  if (!record.definition.grouping) return null;
  const { service, name, id } = record;
  const grouping = await readGrouping(db, id);
  const list = await readInstances(db, { service, name });
  return {
    list: list.map((each) => lineOf(service, each)).sort(worstFirst),
    found: grouping?.found ?? 0,
    askedAt: grouping?.askedAt ?? null,
    problem: grouping?.problem ?? null,
  };
}

function lineOf(service: string, { name, labels, status }: InstanceReading): InstanceLine {
  return {
    service,
    slo: name,
    labels: labelsText(labels),
    state: status?.state ?? null,
    remaining: status?.remaining ?? null,
    burn: status?.burn["1h"] ?? null,
    tier: status?.alert?.tier ?? null,
  };
}

function worstFirst(a: InstanceLine, b: InstanceLine): number {
  const rank = ({ state }: InstanceLine) =>
    state === null ? SLO_STATES.length : SLO_STATES.indexOf(state);
  const left = ({ remaining }: InstanceLine) => remaining ?? Number.POSITIVE_INFINITY;
  // Infinity minus infinity is no number.
  return rank(a) - rank(b) || Math.sign(left(a) - left(b)) || (a.labels < b.labels ? -1 : 1);
}

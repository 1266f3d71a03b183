import { titleOf } from "#app/_data/cost/names.ts";
import { costsOfSuspects } from "#app/_data/cost/some.ts";
import { asDeployment } from "#app/_data/cost/suspects.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { DeploymentLine } from "#components/deployments/view.ts";
import type { Db } from "#db/connection.ts";
import type { Delivery } from "#lib/dora/delivery.ts";
import type { DeploymentRecord } from "#lib/dora/facts.ts";
import type { Verdict } from "#lib/dora/verdict.ts";

/** A line whose cost has not been looked up. */
export type BareLine = Omit<DeploymentLine, "cost">;

/** All production deployments, newest first: those that count, and those that never reached users. */
export function linesOf(known: KnownDelivery): BareLine[] {
  const { delivery } = known;
  const changes = changesByDeployment(delivery);
  const lines = [
    ...delivery.verdicts.map((verdict) => counted(verdict, changes)),
    ...uncounted(known),
  ];
  return lines.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
}

function changesByDeployment({ landings }: Delivery): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { deployment } of landings) {
    found.set(deployment.id, (found.get(deployment.id) ?? 0) + 1);
  }
  return found;
}

function counted(verdict: Verdict, changes: ReadonlyMap<string, number>): BareLine {
  const { deployment: d, failed, restoration, isRework, incidentIds } = verdict;
  return {
    ...{ id: d.id, service: d.service, environment: d.environment, title: titleOf(d) },
    at: d.finishedAt,
    outcome: failed ? "failed" : "fine",
    isOpen: restoration !== null && restoration.at === null,
    isRework,
    changes: changes.get(d.id) ?? 0,
    incidents: incidentIds.length,
  };
}

function uncounted({ delivery, facts }: KnownDelivery): BareLine[] {
  const records = new Map(facts.records.map((record) => [record.id, record]));
  return delivery.excluded.flatMap(({ reason, id }) => {
    const record = records.get(id);
    if (!record || (reason !== "never-succeeded" && reason !== "unfinished")) return [];
    return [attempt(record, reason === "unfinished" ? "running" : "never-reached")];
  });
}

function attempt(record: DeploymentRecord, outcome: BareLine["outcome"]): BareLine {
  const { id, service, environment, createdAt, statuses } = record;
  return {
    ...{ id, service, environment, outcome, title: titleOf(record) },
    at: Math.max(createdAt, ...statuses.map(({ at }) => at)),
    ...{ isOpen: false, isRework: false, changes: null, incidents: 0 },
  };
}

/** Lines with what each cost of its dearest budget. */
export async function priced(
  db: Db,
  known: KnownDelivery,
  lines: readonly BareLine[],
): Promise<DeploymentLine[]> {
  const ids = new Set(lines.map(({ id }) => id));
  const suspects = known.delivery.verdicts
    .filter(({ deployment }) => ids.has(deployment.id))
    .map((verdict) => asDeployment(known, verdict));
  const costs = Map.groupBy(
    await costsOfSuspects(db, known, suspects),
    ({ suspect }) => suspect.id,
  );
  return lines.map((line) => {
    const own = (costs.get(line.id) ?? []).map(({ cost }) => cost);
    const share = ({ spent }: (typeof own)[number]) => spent?.share ?? -1;
    const [dearest] = own.sort((a, b) => share(b) - share(a));
    if (!dearest) return { ...line, cost: null };
    const { slo, spent, windowLabel } = dearest;
    return { ...line, cost: { slo, spent, windowLabel } };
  });
}

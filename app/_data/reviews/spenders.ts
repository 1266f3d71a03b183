import { readCostlyDeployments } from "#app/_data/cost/read.ts";
import { costsOfSuspects } from "#app/_data/cost/some.ts";
import { asIncident } from "#app/_data/cost/suspects.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { ReviewNumbers, ReviewSpender } from "#components/reviews/view.ts";
import type { Db } from "#db/connection.ts";
import type { Range } from "#db/reads/history.ts";
import type { Incident } from "#lib/dora/facts.ts";

export interface SpendersAsk {
  /** Epoch ms, `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** Null = of all. */
  readonly services: ReadonlySet<string> | null;
  /** No budget's window ends later than this range, so that what it cost stays what it was. */
  readonly during: Range;
}

type Spenders = Pick<ReviewNumbers, "spenders" | "spendersAmong">;

const MOST = 10;

/**
 * What cost most of a budget in a range: deployments above 10 % of one, with the incidents that they
 * caused, and the other incidents. Dearest first.
 */
export async function readSpenders(
  db: Db,
  known: KnownDelivery,
  ask: SpendersAsk,
): Promise<Spenders> {
  const { deployments: costly, among } = await readCostlyDeployments(db, ask);
  const deployments = costly.map(({ deploymentId: id, title, finishedAt: at, cost }) => {
    const { service, slo, windowLabel, spent, incidentIds } = cost;
    const budget = { service, slo, windowLabel, share: spent.share };
    return { kind: "deployment" as const, id, title, at, ...budget, incidentIds };
  });
  const payers = new Map(deployments.map(({ id, service }) => [id, service]));
  const incidents = await incidentSpenders(db, known, { ...ask, payers });
  const spenders = [...deployments, ...incidents].sort((a, b) => b.share - a.share);
  return { spenders: spenders.slice(0, MOST), spendersAmong: among };
}

interface IncidentSpendersAsk extends SpendersAsk {
  /** Deployments, with their service, that pay for the incidents that they caused there. */
  readonly payers: ReadonlyMap<string, string>;
}

async function incidentSpenders(
  db: Db,
  { delivery, ...known }: KnownDelivery,
  { from, to, services, during, payers }: IncidentSpendersAsk,
): Promise<ReviewSpender[]> {
  const own = delivery.incidents.filter(
    ({ id, service, startedAt }) =>
      startedAt >= from &&
      startedAt < to &&
      (services === null || services.has(service)) &&
      payers.get(delivery.attributions.get(id)?.deploymentId ?? "") !== service,
  );
  const suspects = own.map(asIncident);
  const costs = await costsOfSuspects(db, { delivery, ...known }, suspects, during);
  const byId = Map.groupBy(costs, ({ suspect }) => suspect.id);
  return own.flatMap((incident) => {
    const spent = (byId.get(incident.id) ?? []).flatMap(({ cost }) => spenderOf(incident, cost));
    return spent.sort((a, b) => b.share - a.share).slice(0, 1);
  });
}

type Cost = Awaited<ReturnType<typeof costsOfSuspects>>[number]["cost"];

function spenderOf(
  { id, title, startedAt: at }: Incident,
  { service, slo, windowLabel, spent }: Cost,
): ReviewSpender[] {
  if (!spent || spent.share <= 0) return [];
  const budget = { service, slo, windowLabel, share: spent.share };
  return [{ kind: "incident", id, title, at, ...budget, incidentIds: [] }];
}

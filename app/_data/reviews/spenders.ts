import { readCostlyDeployments } from "#app/_data/cost/read.ts";
import { costsOfSuspects } from "#app/_data/cost/some.ts";
import { asIncident } from "#app/_data/cost/suspects.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { ReviewSpender } from "#components/reviews/view.ts";
import type { Db } from "#db/connection.ts";
import type { Incident } from "#lib/dora/facts.ts";

export interface SpendersAsk {
  /** Epoch ms, `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** Null = of all. */
  readonly services: ReadonlySet<string> | null;
}

const MOST = 10;

/** What cost most of a budget in a range: deployments above 10 % of one, and incidents. Dearest first. */
export async function readSpenders(
  db: Db,
  known: KnownDelivery,
  ask: SpendersAsk,
): Promise<ReviewSpender[]> {
  const deployments = (await readCostlyDeployments(db, ask)).map(
    ({ deploymentId: id, title, finishedAt: at, cost }): ReviewSpender => {
      const { service, slo, windowLabel, spent } = cost;
      return { kind: "deployment", id, title, at, service, slo, windowLabel, share: spent.share };
    },
  );
  const incidents = await incidentSpenders(db, known, ask);
  return [...deployments, ...incidents].sort((a, b) => b.share - a.share).slice(0, MOST);
}

async function incidentSpenders(
  db: Db,
  known: KnownDelivery,
  { from, to, services }: SpendersAsk,
): Promise<ReviewSpender[]> {
  const own = known.delivery.incidents.filter(
    ({ service, startedAt }) =>
      startedAt >= from && startedAt < to && (services === null || services.has(service)),
  );
  const costs = await costsOfSuspects(db, known, own.map(asIncident));
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
  return [{ kind: "incident", id, title, at, service, slo, windowLabel, share: spent.share }];
}

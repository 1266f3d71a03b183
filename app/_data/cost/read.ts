import { LEAD_MS } from "#app/_data/cost/input.ts";
import { titleOf } from "#app/_data/cost/names.ts";
import { costsOfSlo } from "#app/_data/cost/slo.ts";
import { costsOfSuspects } from "#app/_data/cost/some.ts";
import { asDeployment, asIncident, candidates } from "#app/_data/cost/suspects.ts";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import { readFacts } from "#app/_data/slo/facts.ts";
import { readCountedRows } from "#app/_data/slo/rows.ts";
import type { BudgetCost, CostlyDeployment, SloCosts } from "#components/slo/costs/view.ts";
import type { Db } from "#db/client.ts";
import type { Range } from "#db/reads/history.ts";
import { exceeds } from "#lib/slo/compare.ts";

export interface SloCostsAsk {
  readonly service: string;
  readonly name: string;
  /** End of the window, epoch ms; null = where the newest evaluation ends. */
  readonly at: number | null;
  readonly now: number;
}

/**
 * What an SLO's budget was spent on in its window; the parts sum to `consumed`. Null where there is no
 * such SLO or its budget is not known.
 */
export async function readSloCosts(db: Db, ask: SloCostsAsk): Promise<SloCosts | null> {
  const facts = await readFacts(db, ask);
  if (facts?.kind !== "slo") return null;
  const { record, version, sli, end } = facts;
  const { definition } = version;
  const counted = await readCountedRows(db, facts, { from: end - LEAD_MS, to: end });
  return costsOfSlo(await readDelivery(db), {
    ...{ service: record.service, name: record.name, definition, ...counted, to: end },
    firstCoveredAt: sli?.firstCoveredAt ?? null,
  });
}

/**
 * What a deployment, with the incidents that it caused, cost of each budget of its service; one of
 * each SLO in force, dearest first. Empty for one that is no successful production deployment.
 */
export async function readDeploymentCosts(db: Db, deploymentId: string): Promise<BudgetCost[]> {
  const known = await readDelivery(db);
  const verdict = known.delivery.verdicts.find(
    ({ deployment: { id, recordIds } }) => id === deploymentId || recordIds.includes(deploymentId),
  );
  if (!verdict) return [];
  return dearestFirst(await costsOfSuspects(db, known, [asDeployment(known, verdict)]));
}

/** What an incident cost of each budget of its service, dearest first. Empty for an unknown one. */
export async function readIncidentCosts(db: Db, incidentId: string): Promise<BudgetCost[]> {
  const known = await readDelivery(db);
  const incident = known.delivery.incidents.find(({ id }) => id === incidentId);
  if (!incident) return [];
  return dearestFirst(await costsOfSuspects(db, known, [asIncident(incident)]));
}

export interface CostlyAsk {
  /** By the time at which they finished: `[from, to)`, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** Null = of all. */
  readonly services: ReadonlySet<string> | null;
  /** What they cost by the SLOs and windows of a range in the past; null = by those of today. */
  readonly during?: Range | null;
}

export interface CostlyDeployments {
  /** Dearest first. */
  readonly deployments: readonly CostlyDeployment[];
  /** "suspected": of very many, only those with an incident or near a burn alert were looked at. */
  readonly among: "all" | "suspected";
}

/** A deployment that costs more than this share of a budget is costly. */
const COSTLY = 0.1;

/** The deployments of a range that cost more than 10 % of a budget, each with its dearest. */
export async function readCostlyDeployments(db: Db, ask: CostlyAsk): Promise<CostlyDeployments> {
  const known = await readDelivery(db);
  const { verdicts, among } = candidates(known, ask);
  const suspects = verdicts.map((verdict) => asDeployment(known, verdict));
  const costs = await costsOfSuspects(db, known, suspects, ask.during);
  const byId = Map.groupBy(costs, ({ suspect }) => suspect.id);
  const deployments = verdicts
    .flatMap(({ deployment, failed }) => {
      const [dearest] = dearestFirst(byId.get(deployment.id) ?? []);
      if (!dearest?.spent || !exceeds(dearest.spent.share, COSTLY)) return [];
      const { id: deploymentId, finishedAt } = deployment;
      const cost = { ...dearest, spent: dearest.spent };
      return [{ deploymentId, title: titleOf(deployment), finishedAt, failed, cost }];
    })
    .sort((a, b) => b.cost.spent.share - a.cost.spent.share);
  return { deployments, among };
}

/** What is not known comes last. */
function dearestFirst(costs: readonly { readonly cost: BudgetCost }[]): BudgetCost[] {
  const shareOf = ({ spent }: BudgetCost) => spent?.share ?? -1;
  return costs.map(({ cost }) => cost).sort((a, b) => shareOf(b) - shareOf(a));
}

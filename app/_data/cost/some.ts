import { costInputOf } from "#app/_data/cost/input.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { BudgetCost } from "#components/slo/costs/view.ts";
import type { Db } from "#db/connection.ts";
import { type BudgetedSlo, type BudgetedVersion, readBudgeted } from "#db/reads/budgeted.ts";
import type { Range } from "#db/reads/history.ts";
import { readStretches } from "#db/reads/stretches.ts";
import { type Costs, costsOf } from "#lib/dora/cost.ts";
import type { CostDeployment, CostInput } from "#lib/dora/costInput.ts";
import { spendersOf } from "#lib/dora/spender.ts";
import { unitOf } from "#lib/slo/budget.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

/** A deployment or an incident, with the time in which it can have cost anything. */
export interface Suspect {
  readonly kind: "deployment" | "incident";
  readonly id: string;
  readonly service: string;
  /** When it finished, or began. */
  readonly at: number;
  /** From the first of it and its incidents to the last; null = it lasts. */
  readonly from: number;
  readonly until: number | null;
  /** So long after it, at most, bad events are laid at its own door, compared with as long before it. */
  readonly watchMs: number;
}

export interface SuspectCost {
  readonly suspect: Suspect;
  readonly cost: BudgetCost;
}

/**
 * What each suspect cost of each budget of its service, in the newest window that holds it: the
 * present one for as long as it is in it. Of the totals only what lies around them is read.
 */
export async function costsOfSuspects(
  db: Db,
  known: KnownDelivery,
  suspects: readonly Suspect[],
): Promise<SuspectCost[]> {
  const byService = Map.groupBy(suspects, ({ service }) => service);
  const costs: SuspectCost[] = [];
  for (const slo of await readBudgeted(db, [...byService.keys()])) {
    const asks = (byService.get(slo.service) ?? []).flatMap((suspect) => askOf(slo, suspect));
    for (const [sliId, own] of Map.groupBy(asks, ({ version }) => version.sliId)) {
      const rows = await readStretches(db, sliId, own.flatMap(stretchesOf));
      costs.push(...own.map((ask) => costOf(known, ask, rows)));
    }
  }
  return costs;
}

interface CostAsk {
  readonly slo: BudgetedSlo;
  readonly suspect: Suspect;
  readonly version: BudgetedVersion;
  /** End of the window. */
  readonly to: number;
}

function askOf(slo: BudgetedSlo, suspect: Suspect): CostAsk[] {
  const { evaluatedAt, versions } = slo;
  const newest = versions.at(-1);
  if (!newest) return [];
  const last = suspect.from + newest.definition.window.ms;
  const to = suspect.until === null ? evaluatedAt : Math.min(evaluatedAt, last);
  const version = versions.findLast(({ validFrom }) => validFrom <= to) ?? versions[0] ?? newest;
  return [{ slo, suspect, version, to }];
}

/** Both ends of the window, and the time around the suspect with what it is compared with. */
function stretchesOf({ suspect, version, to }: CostAsk): Range[] {
  const from = to - version.definition.window.ms;
  const { from: first, until } = around(suspect, to);
  return [
    { from, to: from + HOUR },
    { from: to, to },
    { from: first - suspect.watchMs, to: until + HOUR },
  ];
}

/** The time in which bad events can be laid at its door. */
function around({ from, until, watchMs }: Suspect, to: number): { from: number; until: number } {
  const end = (until ?? to) + watchMs;
  return { from, until: Math.max(from, Math.min(to, end)) };
}

function costOf(known: KnownDelivery, ask: CostAsk, rows: readonly TotalsRow[]): SuspectCost {
  const { slo, suspect, version, to } = ask;
  const { service, name } = slo;
  const { definition, firstCoveredAt } = version;
  const { window } = definition;
  const input = costInputOf(known, { service, name, definition, firstCoveredAt, rows, to });
  const measured = firstCoveredAt !== null && firstCoveredAt <= suspect.at && suspect.at < to;
  const cost = {
    ...{ service, slo: name, unit: unitOf(definition.sli) },
    ...{ windowLabel: window.label, from: to - window.ms, to },
  };
  if (!input || !measured) return { suspect, cost: { ...cost, spent: null, incidentIds: [] } };
  return { suspect, cost: { ...cost, ...spentBy(suspect, costsOf(narrowed(input, suspect))) } };
}

/** Rows are known around the suspect only, and nothing else is asked about. */
function narrowed(input: CostInput, suspect: Suspect): CostInput {
  const { from, until } = around(suspect, input.to);
  const isNear = ({ finishedAt }: CostDeployment) =>
    finishedAt >= suspect.at && finishedAt <= suspect.at + DAY;
  return {
    ...input,
    deployments: suspect.kind === "deployment" ? input.deployments.filter(isNear) : [],
    incidents: input.incidents.filter(
      ({ startedAt, resolvedAt }) =>
        startedAt < until && (resolvedAt === null || resolvedAt > from - suspect.watchMs),
    ),
  };
}

function spentBy({ kind, id }: Suspect, costs: Costs): Pick<BudgetCost, "spent" | "incidentIds"> {
  const nothing = { bad: 0, share: 0, incidentIds: [] };
  const found =
    kind === "deployment"
      ? spendersOf(costs).find(({ deploymentId }) => deploymentId === id)
      : costs.parts.find((part) => part.kind === "incident" && part.id === id);
  const { bad, share } = found ?? nothing;
  const incidentIds = found && "incidentIds" in found ? found.incidentIds : [];
  return { spent: { bad, share }, incidentIds };
}

import { costInputOf } from "#app/_data/cost/input.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { BudgetCost } from "#components/slo/costs/view.ts";
import type { Db } from "#db/connection.ts";
import { type BudgetedSlo, type BudgetedVersion, readBudgeted } from "#db/reads/budgeted.ts";
import { readExcludedSpans } from "#db/reads/exclusions.ts";
import type { Range } from "#db/reads/history.ts";
import { readStretches } from "#db/reads/stretches.ts";
import { type Costs, costsOf } from "#lib/dora/cost.ts";
import type { CostDeployment, CostInput } from "#lib/dora/costInput.ts";
import { spendersOf } from "#lib/dora/spender.ts";
import { unitOf } from "#lib/slo/budget.ts";
import { budgetReachMs } from "#lib/slo/budgetOfRows.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import { periodOf } from "#lib/slo/period.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import type { SloWindow } from "#lib/spec/model.ts";
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
  /** Where the time before it ends that it is compared with: an incident may have lasted until then. */
  readonly comparedTo: number;
}

export interface SuspectCost {
  readonly suspect: Suspect;
  readonly cost: BudgetCost;
}

/**
 * What each suspect cost of each budget of its service, in the newest window that holds it: the present one
 * for as long as it is in it. Of a range in the past: by the SLOs in force in it, in a window that ends with
 * it at the latest. Of the totals only what lies around them is read.
 */
export async function costsOfSuspects(
  db: Db,
  known: KnownDelivery,
  suspects: readonly Suspect[],
  during: Range | null = null,
): Promise<SuspectCost[]> {
  const byService = Map.groupBy(suspects, ({ service }) => service);
  const costs: SuspectCost[] = [];
  const slos = await readBudgeted(db, [...byService.keys()], during?.from);
  const newest = Math.max(0, ...slos.map(({ evaluatedAt }) => evaluatedAt));
  const end = Math.min(newest, during?.to ?? newest);
  const excluded = await readExcludedSpans(db, { from: 0, to: end });
  for (const slo of slos) {
    const asks = (byService.get(slo.service) ?? []).flatMap((suspect) =>
      askOf(slo, suspect, { end, excluded }),
    );
    for (const [sliId, own] of Map.groupBy(asks, ({ version }) => version.sliId)) {
      const rows = await readStretches(db, sliId, own.flatMap(stretchesOf));
      costs.push(...own.map((ask) => costOf(known, ask, rows)));
    }
  }
  return costs;
}

type Excluded = ReadonlyMap<number, readonly ExcludedSpan[]>;

interface CostAsk {
  readonly slo: BudgetedSlo;
  readonly suspect: Suspect;
  readonly version: BudgetedVersion;
  /** End of the window. */
  readonly to: number;
  /** What does not count, merged. */
  readonly excluded: readonly ExcludedSpan[];
}

function askOf(
  slo: BudgetedSlo,
  suspect: Suspect,
  { end, excluded }: { readonly end: number; readonly excluded: Excluded },
): CostAsk[] {
  const { versions } = slo;
  const evaluatedAt = Math.min(slo.evaluatedAt, end);
  const newest = versions.at(-1);
  if (!newest) return [];
  const last = lastEnd(newest.definition.window, suspect.from);
  const to = suspect.until === null ? evaluatedAt : Math.min(evaluatedAt, last);
  const version = versions.findLast(({ validFrom }) => validFrom <= to) ?? versions[0] ?? newest;
  return [{ slo, suspect, version, to, excluded: excluded.get(slo.id) ?? [] }];
}

/** The end of the last window that holds a time. */
function lastEnd(window: SloWindow, at: number): number {
  return window.kind === "rolling" ? at + window.ms : periodOf(window, at + 1).to;
}

/** Both ends of the window, of what it is compared with and of what does not count, and the time around the suspect with what it is compared with. */
function stretchesOf({ suspect, version, to, excluded }: CostAsk): Range[] {
  const { window } = version.definition;
  const { from } = periodOf(window, to);
  const lately = to - budgetReachMs(window, to);
  const { from: first, until } = around(suspect, to);
  return [
    { from, to: from + HOUR },
    { from: lately, to: lately + HOUR },
    { from: to, to },
    ...excluded.flatMap((span) => [span.from, span.to].map((at) => ({ from: at, to: at }))),
    { from: Math.min(first, suspect.comparedTo) - suspect.watchMs, to: until + HOUR },
  ];
}

/** The time in which bad events can be laid at its door. */
function around({ from, until, watchMs }: Suspect, to: number): { from: number; until: number } {
  const end = (until ?? to) + watchMs;
  return { from, until: Math.max(from, Math.min(to, end)) };
}

function costOf(known: KnownDelivery, ask: CostAsk, stored: readonly TotalsRow[]): SuspectCost {
  const { slo, suspect, version, to, excluded } = ask;
  const { service, name } = slo;
  const { definition, firstCoveredAt } = version;
  const { window } = definition;
  const counted = { rows: withoutSpans(stored, excluded), excluded };
  const input = costInputOf(known, { service, name, definition, firstCoveredAt, ...counted, to });
  const measured = firstCoveredAt !== null && firstCoveredAt <= suspect.at && suspect.at < to;
  const cost = {
    ...{ service, slo: name, unit: unitOf(definition) },
    ...{ windowLabel: window.label, from: periodOf(window, to).from, to },
  };
  if (!input || !measured) return { suspect, cost: { ...cost, spent: null, incidentIds: [] } };
  return { suspect, cost: { ...cost, ...spentBy(suspect, costsOf(narrowed(input, suspect))) } };
}

/** Rows are known around the suspect only, and nothing else is asked about. */
function narrowed(input: CostInput, suspect: Suspect): CostInput {
  const { from: first, until } = around(suspect, input.to);
  const from = Math.min(first, suspect.comparedTo);
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

function spentBy({ kind, id }: Suspect, costs: Costs) {
  const nothing = { bad: 0, share: 0, incidentIds: [] };
  const found =
    kind === "deployment"
      ? spendersOf(costs).find(({ deploymentId }) => deploymentId === id)
      : costs.parts.find((part) => part.kind === "incident" && part.id === id);
  const { bad, share } = found ?? nothing;
  const incidentIds = found && "incidentIds" in found ? found.incidentIds : [];
  const isUncompared = kind === "deployment" && costs.uncompared.includes(id);
  const own = { spent: { bad, share }, incidentIds };
  return isUncompared ? { ...own, uncompared: true } : own;
}

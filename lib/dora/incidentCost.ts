import type { CostIncident } from "#lib/dora/costInput.ts";
import type { Spend, Spending } from "#lib/dora/spend.ts";

export interface IncidentCost {
  readonly incident: CostIncident;
  readonly bad: number;
}

/** Counts of `[from, to)` (epoch ms) in which no incident lasted. */
export type OutsideIncidents = (from: number, to: number) => Spend;

/** Time in which the same incidents lasted. */
interface Slice {
  readonly from: number;
  readonly to: number;
  readonly lasting: readonly CostIncident[];
}

/**
 * What each incident cost within a window: the bad events of `[startedAt, resolvedAt)`, shared equally
 * with the others that lasted at the time. And what was counted while none did.
 * @example incidentCosts(incidents, window, spending).costs[0]?.bad // 1_240
 */
export function incidentCosts(
  incidents: readonly CostIncident[],
  window: { readonly from: number; readonly to: number },
  spending: Spending,
): { readonly costs: readonly IncidentCost[]; readonly outside: OutsideIncidents } {
  const slices = slicesOf(incidents);
  const bad = new Map<CostIncident, number>();
  for (const { from, to, lasting } of slices) {
    const all = spending.between(Math.max(from, window.from), Math.min(to, window.to)).bad;
    for (const incident of lasting) {
      bad.set(incident, (bad.get(incident) ?? 0) + all / lasting.length);
    }
  }
  const costs = [...bad].map(([incident, cost]) => ({ incident, bad: cost }));
  return { costs: costs.filter((cost) => cost.bad > 0), outside: outsideOf(slices, spending) };
}

function slicesOf(incidents: readonly CostIncident[]): Slice[] {
  const edges = incidents
    .flatMap((incident) => {
      const end = incident.resolvedAt ?? Number.POSITIVE_INFINITY;
      if (end <= incident.startedAt) return [];
      return [
        { at: incident.startedAt, incident, begins: true },
        { at: end, incident, begins: false },
      ];
    })
    .sort((a, b) => a.at - b.at);
  const lasting = new Set<CostIncident>();
  const slices: Slice[] = [];
  edges.forEach(({ at, incident, begins }, i) => {
    if (begins) lasting.add(incident);
    else lasting.delete(incident);
    const to = edges[i + 1]?.at ?? at;
    if (to > at && lasting.size > 0) slices.push({ from: at, to, lasting: [...lasting] });
  });
  return slices;
}

function outsideOf(slices: readonly Slice[], spending: Spending): OutsideIncidents {
  return (from, to) => {
    let { bad, total } = spending.between(from, to);
    for (const slice of slices) {
      if (slice.to <= from || slice.from >= to) continue;
      const inside = spending.between(Math.max(from, slice.from), Math.min(to, slice.to));
      bad -= inside.bad;
      total -= inside.total;
    }
    return { bad: Math.max(0, bad), total: Math.max(0, total) };
  };
}

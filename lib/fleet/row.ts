import { presentStatus } from "#lib/slo/present.ts";
import type { SloDetail, SloState, SloStatus } from "#lib/slo/status.ts";

/** One SLO as lists show it: JSON-safe, times in epoch ms, nothing that no list draws. */
export interface FleetRow {
  readonly service: string;
  readonly slo: string;
  readonly team: string | null;
  readonly state: SloState;
  /** Why the state is what it is, one sentence. */
  readonly reason: string;
  readonly enforced: boolean;
  readonly objective: number;
  /** As in the document: "30d". */
  readonly window: string;
  readonly sli: number | null;
  readonly coverage: number;
  readonly historyDays: number;
  /** Signed share of the budget. */
  readonly remaining: number | null;
  /** The same in events or minutes. */
  readonly left: number | null;
  readonly unit: SloDetail["unit"];
  readonly thresholds: readonly number[];
  readonly burn: Readonly<Record<BurnWindow, number | null>>;
  readonly alert: RowAlert | null;
  readonly policyState: string;
  readonly blocks: boolean;
  readonly held: boolean;
  readonly exhaustsAt: number | null;
  readonly exhaustedSince: number | null;
  readonly recoversAt: number | null;
  readonly liftsAt: number | null;
  /** Exclusive end of the newest minute with data. */
  readonly dataThrough: number | null;
  readonly noTrafficSince: number | null;
  readonly spark: readonly (number | null)[];
}

export type BurnWindow = "1h" | "6h" | "1d";

interface RowAlert {
  readonly tier: string;
  readonly severity: "page" | "ticket";
  readonly since: number;
}

export interface StoredReading {
  readonly status: SloStatus;
  readonly detail: SloDetail;
}

/**
 * The row of one evaluated SLO as it counts at `now` (epoch ms): unknown when nobody has evaluated it
 * for 10 min. An unknown budget stays null.
 * @example fleetRow({ status, detail }, now).left // −4212 events
 */
export function fleetRow({ status: stored, detail }: StoredReading, now: number): FleetRow {
  const status = presentStatus(stored, now);
  const { remaining, burn, alert } = status;
  return {
    service: status.service,
    slo: status.slo,
    team: status.team,
    state: status.state,
    reason: detail.reason,
    enforced: detail.enforced,
    objective: status.objective,
    window: status.window,
    sli: status.sli,
    coverage: status.coverage,
    historyDays: status.historyDays,
    remaining,
    left: remaining === null || detail.budgetTotal === null ? null : remaining * detail.budgetTotal,
    unit: detail.unit,
    thresholds: detail.thresholds.map(({ at }) => at),
    burn: { "1h": burn["1h"] ?? null, "6h": burn["6h"] ?? null, "1d": burn["1d"] ?? null },
    alert: alert && { tier: alert.tier, severity: alert.severity, since: Date.parse(alert.since) },
    policyState: status.policyState,
    blocks: detail.blocks,
    held: status.held,
    exhaustsAt: epoch(status.exhaustsAt),
    exhaustedSince: epoch(status.exhaustedSince),
    recoversAt: epoch(status.recoversAt),
    liftsAt: epoch(detail.liftsAt),
    dataThrough: epoch(status.watermark),
    noTrafficSince: epoch(detail.noTrafficSince),
    spark: detail.spark,
  };
}

function epoch(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}

import type { SloDetail, SloState, SloStatus } from "#lib/slo/status.ts";

/** What an evaluation must know of the one before it: states have hysteresis, holds and beginnings. */
export interface RecordedState {
  /** Epoch ms. */
  readonly at: number;
  readonly state: SloState;
  readonly policyState: string;
  readonly held: boolean;
  readonly blocks: boolean;
  /** Tiers that fire, or are held while firing, and since when (epoch ms). */
  readonly firing: Readonly<Record<string, number>>;
  readonly exhaustedSince: number | null;
  readonly noTrafficSince: number | null;
}

/**
 * The recorded state in a stored status and detail, so that a worker can go on after a restart.
 * @example evaluate({ …, previous: recordedState(row.status, row.detail) })
 */
export function recordedState(status: SloStatus, detail: SloDetail): RecordedState {
  const firing = detail.tiers.flatMap((t) => (t.since ? [[t.tier, Date.parse(t.since)]] : []));
  return {
    at: Date.parse(status.asOf),
    state: status.state,
    policyState: status.policyState,
    held: status.held,
    blocks: detail.blocks,
    firing: Object.fromEntries(firing),
    exhaustedSince: msOrNull(status.exhaustedSince),
    noTrafficSince: msOrNull(detail.noTrafficSince),
  };
}

function msOrNull(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}

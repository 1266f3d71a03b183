import { type FleetRow, fleetRow, type StoredReading } from "#lib/fleet/row.ts";
import { STALE_MS } from "#lib/slo/present.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** An SLO in force with its newest evaluation; null before the first. */
export interface AskedSlo {
  readonly definition: Pick<
    SloDefinition,
    "service" | "name" | "team" | "objective" | "window" | "enforced" | "policy" | "clauses"
  >;
  readonly reading: StoredReading | null;
}

/** What the policy state of an SLO is called that has none. */
export const UNKNOWN_POLICY = "Unknown";

/**
 * The row of an SLO as the gate sees it at `now` (epoch ms): unknown also before its first evaluation,
 * when the newest is more than 10 min old, and while its policy state is a held one.
 * @example askedRow({ definition, reading: null }, now).state // "unknown"
 */
export function askedRow({ definition, reading }: AskedSlo, now: number): FleetRow {
  if (reading === null) return unevaluatedRow(definition);
  const row = fleetRow(reading, now);
  if (now - Date.parse(reading.status.asOf) > STALE_MS) {
    return { ...row, reason: "It has not been evaluated for more than ten minutes." };
  }
  if (!row.held || row.state === "unknown") return row;
  return { ...row, state: "unknown", reason: "Its history is being read for the first time." };
}

function unevaluatedRow(definition: AskedSlo["definition"]): FleetRow {
  const { service, name, team, enforced, objective, window, policy } = definition;
  return {
    ...{ service, slo: name, team, enforced, objective, window: window.label },
    ...{ state: "unknown", reason: "It has not been evaluated yet.", policyState: UNKNOWN_POLICY },
    ...{ sli: null, coverage: 0, historyDays: 0, remaining: null, left: null, unit: "events" },
    thresholds: policy.map(({ threshold }) => threshold),
    burn: { "1h": null, "6h": null, "1d": null },
    ...{
      alert: null,
      blocks: false,
      held: true,
      dataThrough: null,
      exhaustsAt: null,
      exhaustedSince: null,
    },
    ...{ recoversAt: null, liftsAt: null, noTrafficSince: null, spark: [] },
  };
}

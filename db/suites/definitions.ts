import type { SloInForce } from "#db/writes/match.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** A whole number of days since 1970, so that every grid begins here. */
export const T0 = Date.UTC(2026, 0, 1);

export function minutes(n: number): number {
  return n * MINUTE;
}

/** An SLO that is right, with what a test wants to be different. */
export function definition(of: Partial<SloDefinition> & { name: string }): SloDefinition {
  return {
    service: "checkout",
    team: "payments",
    description: null,
    objective: 0.99,
    window: { kind: "rolling", ms: 30 * 24 * 60 * MINUTE, label: "30d" },
    sli: {
      kind: "events",
      counts: "bad",
      numerator: "sum(rate(errors[5m]))",
      total: "sum(rate(all[5m]))",
    },
    policy: [{ threshold: 1, action: "Freeze", name: "Freeze", gate: "block" }],
    alerting: { minBadEvents: 5, page: true, ticket: true },
    enforced: true,
    formerly: [],
    labels: {},
    runbook: null,
    dashboard: null,
    datasource: null,
    ...of,
  };
}

/** The same in force, counted by source `main`; the key stands for the content of the query. */
export function inForce(
  of: Partial<SloDefinition> & { name: string },
  more: Partial<SloInForce> = {},
): SloInForce {
  const slo = definition(of);
  const sliKey = `key of ${JSON.stringify(slo.sli)}`;
  return { definition: slo, path: "slos/checkout.yaml", sliKey, source: "main", ...more };
}

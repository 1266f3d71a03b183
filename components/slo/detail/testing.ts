/** Heads of SLO pages for tests: a healthy SLO, but for what is given. */

import type { SloHead } from "#components/slo/detail/view.ts";
import { evaluate } from "#lib/slo/evaluate.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import { inputAt, minutes, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import { DAY } from "#lib/time/duration.ts";

const rows = rowsOf(
  START,
  minutes(2 * 1440, () => ({ good: 100, total: 100 })),
);

/** A page's head of 99.9 % over 30 d with two days of perfect history. */
export function headFor(
  status: Partial<SloStatus> = {},
  detail: Partial<SloDetail> = {},
  head: Partial<SloHead> = {},
): SloHead {
  const definition = sloOf();
  const evaluated = evaluate(inputAt(rows, START + 2 * DAY, { definition }));
  const { sli, team, description, enforced, runbook, dashboard, labels, formerly } = definition;
  return {
    service: definition.service,
    name: definition.name,
    retiredAt: null,
    readAt: START + 2 * DAY,
    asOf: null,
    status: { ...evaluated.status, ...status },
    detail: { ...evaluated.detail, ...detail },
    definition: {
      version: 1,
      versionFrom: null,
      objective: definition.objective,
      windowMs: definition.window.ms,
      windowLabel: definition.window.label,
      zone: definition.window.kind === "calendar" ? definition.window.zone : null,
      sli,
      description,
      team,
      enforced,
      runbook,
      dashboard,
      labels,
      instanceOf: null,
      formerly,
      documentPath: "slos/checkout.yaml",
      documentUrl: null,
      commit: null,
      findings: [],
      experiments: "count",
      exempt: ["p0", "security"],
      policy: definition.policy.map(({ threshold, ...step }) => ({ at: threshold, ...step })),
    },
    policySince: null,
    recordedSince: null,
    tiers: [],
    transitions: [],
    alerts: [],
    outside: [],
    source: null,
    ...head,
  };
}

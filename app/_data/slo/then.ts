import type { SloFacts } from "#app/_data/slo/facts.ts";
import type { CountedRows } from "#app/_data/slo/rows.ts";
import type { AsOf } from "#components/slo/detail/view.ts";
import { config } from "#config/current.ts";
import { HEALTHY } from "#lib/policy/policy.ts";
import { evaluate, windowsOf } from "#lib/slo/evaluate.ts";
import type { RecordedState } from "#lib/slo/recorded.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";

type Counted = Pick<CountedRows, "rows" | "excluded">;

/** An SLO as it stood at an earlier time. */
export interface StatusThen {
  readonly status: SloStatus;
  readonly detail: SloDetail;
  readonly asOf: AsOf;
}

/**
 * Numbers are computed again, with the definition in force then and the data through then; states
 * have hysteresis and holds, so they are those that were recorded.
 */
export function statusThen(facts: SloFacts, rows: Counted): StatusThen {
  const { end, recorded } = facts;
  const { status, detail } = evaluateThen(facts, rows);
  if (!recorded) return { status, detail, asOf: { at: end, recorded: null } };
  const { state, policyState, held } = recorded;
  return {
    status: { ...status, state, policyState, held },
    detail,
    asOf: {
      at: end,
      recorded: {
        at: recorded.at,
        state,
        policyState,
        held,
        consumed: recorded.consumed,
        computed: status.state === state ? null : status.state,
      },
    },
  };
}

function evaluateThen(facts: SloFacts, { rows, excluded }: Counted) {
  const { version, sli, end } = facts;
  const { definition } = version;
  const firstCoveredAt = sli?.firstCoveredAt ?? null;
  return evaluate({
    definition,
    at: end,
    counts: Object.fromEntries(
      windowsOf(definition, end).map(({ label, ms }) => [label, countsOf(rows, end, ms)]),
    ),
    firstCoveredAt: firstCoveredAt !== null && firstCoveredAt < end ? firstCoveredAt : null,
    lastCoveredAt: newestCovered(rows, end),
    previous: previousOf(facts),
    backfilled: true,
    rows,
    excluded,
    linkPrefix: config().publicUrl,
  });
}

/** Exclusive end of the newest covered minute at or before `at`. */
function newestCovered(rows: readonly TotalsRow[], at: number): number | null {
  const newest = rows.findLastIndex(
    (row, i) => row.at <= at && row.covered > (rows[i - 1]?.covered ?? row.covered),
  );
  return rows[newest]?.at ?? null;
}

/** Alerts of history are known also where no state was recorded yet. */
function previousOf({ recorded, version, alerts, end }: SloFacts): RecordedState {
  const policyState = recorded?.policyState ?? HEALTHY;
  const step = version.definition.policy.find((p) => p.name === policyState);
  const firing = alerts.filter((a) => a.startedAt <= end && (a.endedAt ?? end + 1) > end);
  return {
    at: recorded?.at ?? end,
    state: recorded?.state ?? "unknown",
    policyState,
    held: recorded?.held ?? false,
    blocks: step?.gate === "block" && version.definition.enforced,
    firing: Object.fromEntries(firing.map((a) => [a.tier, a.startedAt])),
    exhaustedSince: null,
    noTrafficSince: null,
  };
}

/** Histories and definitions for tests: small, explicit, made of minutes. */

import { DEFAULT_POLICY } from "#lib/policy/policy.ts";
import type { WindowCounts } from "#lib/slo/alerts.ts";
import { type EvaluationInput, windowsOf } from "#lib/slo/evaluate.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";
import type { SloDefinition, SloWindow } from "#lib/spec/model.ts";
import { DAY, formatDuration, MINUTE } from "#lib/time/duration.ts";

/** A Thursday, midnight UTC. */
export const START = Date.UTC(2026, 0, 1);

/**
 * A rolling window of whole days.
 * @example days(30) // { kind: "rolling", ms: 2_592_000_000, label: "30d" }
 */
export function days(count: number): SloWindow {
  return { kind: "rolling", ms: count * DAY, label: formatDuration(count * DAY) };
}

/**
 * An events SLO of 99.9 % over 30 d, but for what is given.
 * @example sloOf({ objective: 0.99 })
 */
export function sloOf(parts: Partial<SloDefinition> = {}): SloDefinition {
  return {
    service: "checkout",
    name: "availability",
    team: "shop",
    description: null,
    objective: 0.999,
    window: days(30),
    sli: { kind: "events", counts: "good", numerator: "good", total: "total" },
    policy: DEFAULT_POLICY,
    alerting: { minBadEvents: 5, page: true, ticket: true },
    enforced: true,
    formerly: [],
    labels: {},
    runbook: null,
    dashboard: null,
    datasource: null,
    ...parts,
  };
}

/** What one minute adds; null = the source had no answer. */
export type Minute = { readonly good: number; readonly total: number } | null;

/**
 * Running totals of minutes from `start` on, with a base row at `start`. A minute without an answer
 * has no row.
 * @example rowsOf(START, [{ good: 99, total: 100 }])
 */
export function rowsOf(start: number, minutes: Iterable<Minute>): TotalsRow[] {
  let row: TotalsRow = { at: start, good: 0, total: 0, covered: 0 };
  const rows = [row];
  let at = start;
  for (const minute of minutes) {
    at += MINUTE;
    if (!minute) continue;
    row = {
      at,
      good: row.good + minute.good,
      total: row.total + minute.total,
      covered: row.covered + 1,
    };
    rows.push(row);
  }
  return rows;
}

/**
 * `count` times the same minute, or what `of` makes of its index.
 * @example minutes(60, () => ({ good: 100, total: 100 }))
 */
export function minutes(count: number, of: (index: number) => Minute): Minute[] {
  return Array.from({ length: count }, (_, i) => of(i));
}

/**
 * The counts of all windows of an SLO that end at `at`.
 * @example windowCounts(definition, rows, at)["1h"]
 */
export function windowCounts(
  definition: SloDefinition,
  rows: readonly TotalsRow[],
  at: number,
): WindowCounts {
  return Object.fromEntries(
    windowsOf(definition, at).map(({ label, ms }) => [label, countsOf(rows, at, ms)]),
  );
}

/**
 * The input of an evaluation of these rows at `at`, backfilled, without previous state, but for what
 * is given.
 * @example evaluate(inputAt(rows, at, { definition: sloOf() }))
 */
export function inputAt(
  rows: readonly TotalsRow[],
  at: number,
  parts: Partial<EvaluationInput> = {},
): EvaluationInput {
  const definition = parts.definition ?? sloOf();
  const covered = rows.filter((row, i) => i > 0 && row.at <= at);
  return {
    definition,
    at,
    counts: windowCounts(definition, rows, at),
    firstCoveredAt: covered[0] ? covered[0].at - MINUTE : null,
    lastCoveredAt: covered.at(-1)?.at ?? null,
    previous: null,
    backfilled: true,
    linkPrefix: "https://plimsoll.example",
    ...parts,
  };
}

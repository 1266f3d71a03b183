import type { Db, Store } from "#db/client.ts";
import { type CatalogSlo, readCatalog } from "#db/reads/catalog.ts";
import { readExcludedSpans, readExclusionChanges } from "#db/reads/exclusions.ts";
import { readWindowCounts } from "#db/reads/windows.ts";
import { type EvaluatedSlo, saveEvaluations } from "#db/writes/evaluations.ts";
import { type ForecastAsk, readCloser, readForecastRows } from "#jobs/forecastRows.ts";
import { evaluatedSlos, traced } from "#jobs/metrics.ts";
import { refreshSparks } from "#jobs/sparks.ts";
import { budgetReachMs } from "#lib/slo/budgetOfRows.ts";
import {
  type Evaluation,
  type EvaluationInput,
  evaluate,
  needsForecastRows,
  needsLastWeek,
  windowsOf,
} from "#lib/slo/evaluate.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import { elapsedMs } from "#lib/slo/period.ts";
import { recordedState } from "#lib/slo/recorded.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { IDLE_MS } from "#lib/slo/traffic.ts";
import { DAY, floorMinute, MINUTE } from "#lib/time/duration.ts";

/** Minutes are asked for a minute after they ended, when their samples have arrived. */
export const COLLECTION_DELAY_MS = MINUTE;

/** With more SLOs in trouble than this, forecasts far ahead stay as coarse as they are found first. */
const CLOSER_AT_MOST = 50;

/** Longer than a restart, and than a gap of scrapes that is bridged. */
const GONE_MS = 60 * MINUTE;

/** An exclusion that was changed so shortly before is what moves the numbers now. */
const JUST_NOW_MS = 2 * MINUTE;

export interface EvaluateRun {
  readonly store: Store;
  /** Only SLOs counted by this source. */
  readonly source: string;
  readonly now: number;
  readonly publicUrl: string;
}

interface Pending {
  readonly slo: CatalogSlo;
  input: EvaluationInput;
  result: Evaluation;
}

/**
 * Evaluates every SLO of a source and writes status, state changes, transitions and alerts in one
 * transaction. Runs after each collection, a failed one too: that is how numbers become unknown.
 */
export async function evaluateSource(run: EvaluateRun): Promise<number> {
  return traced("evaluate", { "plimsoll.source": run.source }, async () => {
    const { db } = run.store;
    const slos = await readCatalog(db, { source: run.source });
    if (slos.length === 0) return 0;
    const at = floorMinute(run.now - COLLECTION_DELAY_MS);
    const pending = await firstPass(run, slos, at);
    await addLastWeek(db, pending, at);
    await addForecasts(db, pending, at);
    await saveEvaluations(db, pending.map(toSave));
    evaluatedSlos.add(slos.length, { source: run.source });
    return slos.length;
  });
}

/** Every SLO by its windows alone: no history is read. */
async function firstPass(
  run: EvaluateRun,
  slos: readonly CatalogSlo[],
  at: number,
): Promise<Pending[]> {
  const { db } = run.store;
  const longest = Math.max(...slos.map(({ definition }) => budgetReachMs(definition.window, at)));
  // A window before the last one too: the oldest point of a spark looks back so far.
  const excluded = await readExcludedSpans(db, { from: at - 2 * longest, to: at });
  const counts = await readWindowCounts(
    db,
    at,
    slos.map((slo) => ({
      sliId: slo.sliId,
      windowsMs: windowsOf(slo.definition, at).map((w) => w.ms),
      excluded: excluded.get(slo.id) ?? [],
    })),
  );
  const changed = await readExclusionChanges(db, at - JUST_NOW_MS);
  const sparks = await refreshSparks(db, slos, { at, excluded });
  const byName = new Map(slos.map((slo) => [`${slo.service}/${slo.name}`, slo]));
  return slos.map((slo, i) => {
    const windows = windowsOf(slo.definition, at);
    const input: EvaluationInput = {
      definition: slo.definition,
      excluded: excluded.get(slo.id) ?? [],
      at,
      counts: Object.fromEntries(windows.map((w, k) => [w.label, counts[i]?.[k] ?? null])),
      firstCoveredAt: slo.firstCoveredAt,
      lastCoveredAt: slo.lastCoveredAt,
      previous: slo.status && slo.detail ? recordedState(slo.status, slo.detail) : null,
      isGone: goneOf(slo, byName, at),
      backfilled: slo.backfilledAt !== null,
      revaluedBy: isRevalued(slo) ? "definition" : changed.has(slo.id) ? "correction" : null,
      spark: sparks.get(slo.id) ?? [],
      linkPrefix: run.publicUrl,
    };
    return { slo, input, result: evaluate(input) };
  });
}

/** Its SLO still has minutes with data, and it has had none for an hour: it is not the source that is silent. */
function goneOf(
  { service, definition, lastCoveredAt }: CatalogSlo,
  byName: ReadonlyMap<string, CatalogSlo>,
  at: number,
): boolean {
  if (!definition.instance || lastCoveredAt === null) return false;
  const whole = byName.get(`${service}/${definition.instance.of}`)?.lastCoveredAt ?? null;
  return whole !== null && at - whole < GONE_MS && at - lastCoveredAt >= GONE_MS;
}

/**
 * The definition changed since the last evaluation; or it brought a new query, whose numbers were
 * held until its first backfill ended and count for the first time now.
 */
function isRevalued({ version, statusVersion, validFrom, backfilledAt, status }: CatalogSlo) {
  if (status === null || statusVersion !== version) return status !== null;
  const isNewQuery = version > 1 && backfilledAt !== null && backfilledAt >= validFrom;
  return isNewQuery && status.held && Date.parse(status.asOf) <= backfilledAt;
}

/** The same half hour a week before, for the few SLOs that have just gone idle. */
async function addLastWeek(db: Db, pending: readonly Pending[], at: number): Promise<void> {
  const idle = pending.filter(({ input }) => needsLastWeek(input));
  if (idle.length === 0) return;
  const requests = idle.map(({ slo, input: { excluded = [] } }) => ({
    sliId: slo.sliId,
    windowsMs: [IDLE_MS],
    excluded,
  }));
  const counts = await readWindowCounts(db, at - 7 * DAY, requests);
  for (const [i, one] of idle.entries()) {
    one.input = { ...one.input, lastWeek: counts[i]?.[0] ?? null };
    one.result = evaluate(one.input);
  }
}

/** Forecasts need rows of the window; only SLOs in trouble have one. */
async function addForecasts(db: Db, pending: readonly Pending[], at: number): Promise<void> {
  const wanting = new Map(
    pending.filter(({ result }) => needsForecastRows(result)).map((one) => [rowsFor(one), one]),
  );
  const rows = await readForecastRows(db, at, [...wanting.keys()]);
  for (const [ask, one] of wanting) {
    const stored = rows.get(ask) ?? [];
    evaluateWith(one, stored);
    if (ask.whole || wanting.size > CLOSER_AT_MOST) continue;
    const found = { rows: stored, answers: answersOf(one.result) };
    if (found.answers.length > 0) evaluateWith(one, await readCloser(db, at, ask, found));
  }
}

function evaluateWith(one: Pending, stored: readonly TotalsRow[]): void {
  one.input = { ...one.input, rows: withoutSpans(stored, one.input.excluded ?? []) };
  one.result = evaluate(one.input);
}

function answersOf({ status, detail }: Evaluation): number[] {
  return [status.exhaustsAt, status.recoversAt, detail.liftsAt].flatMap((iso) =>
    iso === null ? [] : [Date.parse(iso)],
  );
}

/** Since when the budget is exhausted is looked for once, then remembered. */
function rowsFor({ slo, input, result }: Pending): ForecastAsk {
  const known = (input.previous?.exhaustedSince ?? null) !== null;
  return {
    sliId: slo.sliId,
    windowMs: elapsedMs(slo.definition.window, input.at),
    excluded: input.excluded ?? [],
    whole: !known && result.status.exhaustedSince !== null,
  };
}

function toSave({ slo, result }: Pending): EvaluatedSlo {
  return { slo, evaluation: result };
}

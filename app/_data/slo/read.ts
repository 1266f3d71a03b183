import { happeningsIn } from "#app/_data/cost/happenings.ts";
import { type BudgetWindow, LEAD_MS } from "#app/_data/cost/input.ts";
import { costsOfSlo } from "#app/_data/cost/slo.ts";
import { type KnownDelivery, readDelivery } from "#app/_data/dora/delivery.ts";
import { type Moved, readFacts, type SloAsk, type SloFacts } from "#app/_data/slo/facts.ts";
import { headOf } from "#app/_data/slo/head.ts";
import type { SloPage } from "#app/_data/slo/query.ts";
import { type StatusThen, statusThen } from "#app/_data/slo/then.ts";
import { type Db, store } from "#db/client.ts";
import { readTotals } from "#db/reads/totals.ts";
import { chartOf } from "#lib/charts/chart.ts";
import { type ChartRange, type RangeAsk, readRange } from "#lib/charts/range.ts";
import { versionMarks } from "#lib/charts/versions.ts";
import type { AlertSpan, ChartView } from "#lib/charts/view.ts";
import { badOf } from "#lib/slo/budget.ts";
import { burnOf } from "#lib/slo/burn.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";
import { HOUR } from "#lib/time/duration.ts";

export interface SloPageAsk extends SloAsk {
  readonly range: RangeAsk;
  /** What else of the address could not be followed. */
  readonly problem?: string | null;
}

/** One SLO's page: its numbers, their history and their charts, from one snapshot of the database. */
export async function readSloPage(ask: SloPageAsk): Promise<SloPage | Moved | null> {
  const { db } = await store();
  const read = await db.transaction((tx) => readAll(tx, ask), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
  if (read?.kind !== "slo") return read;
  return pageOf(read, ask);
}

interface Read {
  readonly kind: "slo";
  readonly facts: SloFacts;
  readonly range: ChartRange;
  readonly problem: string | null;
  /** From the range's start minus the SLO's window, and from what its costs compare with, to the end. */
  readonly rows: readonly TotalsRow[];
  readonly known: KnownDelivery;
}

async function readAll(db: Db, ask: SloPageAsk): Promise<Read | Moved | null> {
  const facts = await readFacts(db, ask);
  if (facts?.kind !== "slo") return facts;
  const { version, end } = facts;
  const windowMs = version.definition.window.ms;
  const { range, problem } = readRange(ask.range, { end, windowMs });
  const first = Math.min(range.from, end - LEAD_MS) - windowMs;
  const rows = await readTotals(db, version.sliId, first, end);
  return { kind: "slo", facts, range, problem, rows, known: await readDelivery(db) };
}

function pageOf(read: Read, ask: SloPageAsk): SloPage {
  const { facts, range, problem, rows, known } = read;
  const numbers = ask.at === null ? newest(facts) : statusThen(facts, rows);
  const chart = { facts, range, rows, known, numbers, ask };
  const { status, detail, asOf } = numbers;
  const windowStart = facts.end - facts.version.definition.window.ms;
  const alerts = alertSpans(facts, rows, detail).filter(
    (a) => (a.endedAt ?? facts.end) > windowStart,
  );
  return {
    kind: "slo",
    head: headOf({ facts, status, detail, asOf, alerts, now: ask.now }),
    chart: rows.length < 2 ? null : drawn(chart),
    costs: costsOfSlo(known, windowOf(read)),
    range,
    problem: ask.problem ?? problem,
  };
}

function windowOf({ facts: { record, version, sli, end }, rows }: Read): BudgetWindow {
  const { service, name } = record;
  const { definition } = version;
  return { service, name, definition, rows, to: end, firstCoveredAt: sli?.firstCoveredAt ?? null };
}

type Numbers = Omit<StatusThen, "status" | "detail" | "asOf"> & {
  readonly status: SloStatus | null;
  readonly detail: SloDetail | null;
  readonly asOf: StatusThen["asOf"] | null;
};

function newest({ record: { status, detail } }: SloFacts): Numbers {
  return { status, detail, asOf: null };
}

interface Drawn {
  readonly facts: SloFacts;
  readonly range: ChartRange;
  readonly rows: readonly TotalsRow[];
  readonly known: KnownDelivery;
  readonly numbers: Numbers;
  readonly ask: SloPageAsk;
}

function drawn({ facts, range, rows, known, numbers, ask }: Drawn): ChartView {
  const { version, versions, sli, end } = facts;
  const { from, to } = range;
  return chartOf({
    definition: version.definition,
    rows,
    firstCoveredAt: sli?.firstCoveredAt ?? null,
    from,
    to,
    end,
    now: ask.now,
    outlook: {
      budgetTotal: numbers.detail?.budgetTotal ?? null,
      pace: paceOf(rows, end),
      turns: turnsOf(numbers),
      known: facts.record.retiredAt === null && isKnown(numbers.status),
    },
    alerts: alertSpans(facts, rows, numbers.detail).filter(
      (a) => a.startedAt < to && (a.endedAt ?? end) > from,
    ),
    versions: versionMarks(versions, { from, to }),
    happenings: happeningsIn(known, { service: facts.record.service, from, to }),
  });
}

function isKnown(status: SloStatus | null): boolean {
  return status !== null && status.state !== "unknown";
}

function turnsOf({ status, detail }: Numbers): (number | null)[] {
  const turns = [status?.exhaustsAt, status?.recoversAt, detail?.liftsAt];
  return turns.map((iso) => (iso ? Date.parse(iso) : null));
}

const PACE_MS = 6 * HOUR;

/** Bad events per ms over the last six hours; null while they are not known. */
function paceOf(rows: readonly TotalsRow[], end: number): number | null {
  const recent = countsOf(rows, end, PACE_MS);
  return recent && burnOf(recent, PACE_MS, 1) !== null ? badOf(recent) / PACE_MS : null;
}

/** What each firing cost; not known where it began before the rows do. */
function alertSpans(
  { alerts, end }: SloFacts,
  rows: readonly TotalsRow[],
  detail: SloDetail | null,
): AlertSpan[] {
  const first = rows[0]?.at ?? Number.POSITIVE_INFINITY;
  const budget = detail?.budgetTotal ?? null;
  return alerts.map(({ tier, severity, startedAt, endedAt }) => {
    const over = endedAt !== null && endedAt <= end ? endedAt : null;
    const until = over ?? end;
    const counts = startedAt < first ? null : countsOf(rows, until, until - startedAt);
    return {
      tier,
      severity,
      startedAt,
      endedAt: over,
      spent: counts && budget ? badOf(counts) / budget : null,
    };
  });
}

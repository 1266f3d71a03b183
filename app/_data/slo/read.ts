import { happeningsIn } from "#app/_data/cost/happenings.ts";
import { type BudgetWindow, LEAD_MS } from "#app/_data/cost/input.ts";
import { costsOfSlo } from "#app/_data/cost/slo.ts";
import { type KnownDelivery, readDelivery } from "#app/_data/dora/delivery.ts";
import { readCovering } from "#app/_data/policy/covering.ts";
import { outsideView } from "#app/_data/slo/alerts.ts";
import { APART_AHEAD_MS, apartLines } from "#app/_data/slo/apart.ts";
import { endOf, type Moved, readFacts, type SloAsk, type SloFacts } from "#app/_data/slo/facts.ts";
import { headOf } from "#app/_data/slo/head.ts";
import { readInstancesView } from "#app/_data/slo/instances.ts";
import { landingOf } from "#app/_data/slo/landing.ts";
import { readLandingGate } from "#app/_data/slo/landingGate.ts";
import { leftOutLately } from "#app/_data/slo/leftOut.ts";
import type { SloPage } from "#app/_data/slo/query.ts";
import { readCountedRows } from "#app/_data/slo/rows.ts";
import { type StatusThen, statusThen } from "#app/_data/slo/then.ts";
import type { OutsideAlertView } from "#components/slo/alert/view.ts";
import { type Db, store } from "#db/client.ts";
import { type ExclusionWithSpans, readExclusions } from "#db/reads/exclusions.ts";
import { readBurnAlerts } from "#db/reads/history.ts";
import { readOutsideAlerts } from "#db/reads/outsideAlerts.ts";
import { chartOf } from "#lib/charts/chart.ts";
import { type ChartRange, type RangeAsk, readRange } from "#lib/charts/range.ts";
import { versionMarks } from "#lib/charts/versions.ts";
import type { AlertSpan, ChartView } from "#lib/charts/view.ts";
import { clausesOf } from "#lib/policy/clauses.ts";
import { badOf } from "#lib/slo/budget.ts";
import { burnOf } from "#lib/slo/burn.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { paceWindow } from "#lib/slo/pace.ts";
import { elapsedMs, periodOf } from "#lib/slo/period.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";

export interface SloPageAsk extends SloAsk {
  readonly range: RangeAsk;
  /** The tier of the alert whose link was followed. */
  readonly tier?: string | null;
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
  const { service, name: slo } = read.facts.record;
  const exceptions = await readCovering(db, { service, slo, at: ask.at ?? ask.now });
  const instances = await readInstancesView(db, read.facts.record);
  const page = pageOf(read, ask);
  const gate = page.landing ? await readLandingGate(db, service, ask.now) : null;
  return { ...page, exceptions, instances, gate };
}

interface Read {
  readonly kind: "slo";
  readonly facts: SloFacts;
  readonly range: ChartRange;
  readonly problem: string | null;
  /** Exclusive end of what the charts may show: of an earlier moment also what came after it. */
  readonly latest: number;
  /** Through `latest`. */
  readonly alerts: SloFacts["alerts"];
  readonly outside: readonly OutsideAlertView[];
  /** From the range's start minus the SLO's window, and from what its costs compare with, to `latest`. */
  readonly rows: readonly TotalsRow[];
  /** What does not count of them. */
  readonly excluded: readonly ExcludedSpan[];
  /** As `rows`, with nothing left out. */
  readonly measured: readonly TotalsRow[];
  readonly exclusions: readonly ExclusionWithSpans[];
  readonly known: KnownDelivery;
}

async function readAll(db: Db, ask: SloPageAsk): Promise<Read | Moved | null> {
  const facts = await readFacts(db, ask);
  if (facts?.kind !== "slo") return facts;
  const { record, version, end } = facts;
  const windowMs = elapsedMs(version.definition.window, end);
  const latest = latestOf(facts, ask);
  const { range, problem } = readRange(ask.range, { end: latest, windowMs });
  const past = { from: Math.min(range.from, end - windowMs), to: latest + 1 };
  // What others tell is known at once, our own data a minute or two later.
  const toldUntil = ask.at === null ? ask.now : latest;
  const outside = await readOutsideAlerts(db, record.id, { from: past.from, to: toldUntil + 1 });
  return {
    ...{ kind: "slo", facts, range, problem, latest },
    alerts: await readBurnAlerts(db, record.id, past),
    outside: outside.map(outsideView),
    ...(await readCountedRows(db, facts, {
      ...{ from: firstOf(range, end), to: latest },
      everything: ask.everything,
    })),
    exclusions: await readExclusions(db, {
      ...{ service: record.service, slo: record.name, from: past.from },
      ...{ to: latest + APART_AHEAD_MS, limit: MOST_EXCLUSIONS },
    }),
    known: await readDelivery(db),
  };
}

/** Of one SLO and what its page shows of time. */
const MOST_EXCLUSIONS = 500;

function firstOf(range: ChartRange, end: number): number {
  return Math.min(range.from, end - LEAD_MS);
}

/** What followed an earlier moment is shown where the range says so, as links of alerts do. */
function latestOf({ record, end }: SloFacts, { at, range, now }: SloPageAsk): number {
  const asked = range.from ?? range.to;
  return at === null || asked === null ? end : Math.max(end, endOf(record, now));
}

function pageOf(read: Read, ask: SloPageAsk): Omit<SloPage, "exceptions" | "instances" | "gate"> {
  const { facts, range, problem, known } = read;
  const rows = read.rows.filter(({ at }) => at <= facts.end);
  const numbers = numbersOf({ ...read, rows }, ask);
  const { status, detail, asOf } = numbers;
  const windowStart = periodOf(facts.version.definition.window, facts.end).from;
  const alerts = alertSpans(facts, rows, detail).filter(
    (a) => (a.endedAt ?? facts.end) > windowStart,
  );
  const toldUntil = ask.at === null ? ask.now : facts.end;
  const outside = outsideThen(read, toldUntil).filter((a) => (a.endsAt ?? facts.end) > windowStart);
  const ours = alertSpans({ ...facts, alerts: read.alerts, end: read.latest }, read.rows, detail);
  const { to } = range;
  const apart = apartLines(read.exclusions, {
    ...{ measured: read.measured, end: read.latest },
    budgetTotal: detail?.budgetTotal ?? null,
    clauses: clausesOf(facts.version.definition),
  });
  return {
    kind: "slo",
    head: headOf({ facts, status, detail, asOf, alerts, outside, now: ask.now }),
    landing:
      ask.at === null
        ? null
        : landingOf({
            facts,
            before: status,
            ours,
            outside: read.outside,
            ...{ known, to, apart, latest: read.latest, measured: read.measured },
            tier: ask.tier ?? null,
            now: ask.now,
          }),
    chart: read.rows.length < 2 ? null : drawn({ read, ours, numbers, ask }),
    costs: costsOfSlo(known, windowOf({ ...read, rows })),
    apart,
    openIncidents: known.delivery.incidents
      .filter(({ service, resolvedAt }) => service === facts.record.service && resolvedAt === null)
      .map(({ title, startedAt }) => ({ title, startedAt })),
    leftOut: ask.everything
      ? null
      : leftOutLately({
          ...{ apart, ours, outside: read.outside, end: read.latest, measured: read.measured },
          objective: facts.version.definition.objective,
        }),
    everything: ask.everything ?? false,
    range,
    problem: ask.problem ?? problem,
  };
}

/** As it was known at the moment that the page shows. */
function outsideThen({ outside }: Read, until: number): OutsideAlertView[] {
  return outside
    .filter(({ startsAt }) => startsAt <= until)
    .map((each) => ({
      ...each,
      endsAt: each.endsAt !== null && each.endsAt <= until ? each.endsAt : null,
    }));
}

function windowOf({ facts: { record, version, sli, end }, rows, excluded }: Read): BudgetWindow {
  const { service, name } = record;
  const { definition } = version;
  const firstCoveredAt = sli?.firstCoveredAt ?? null;
  return { service, name, definition, rows, excluded, to: end, firstCoveredAt };
}

type Numbers = Omit<StatusThen, "status" | "detail" | "asOf"> & {
  readonly status: SloStatus | null;
  readonly detail: SloDetail | null;
  readonly asOf: StatusThen["asOf"] | null;
};

/** With everything counted numbers are computed as of now, too; they are not those of the evaluation. */
function numbersOf(read: Read, { at, everything }: SloPageAsk): Numbers {
  if (at === null && !everything) return newest(read.facts);
  const then = statusThen(read.facts, read);
  return at === null ? { ...then, asOf: null } : then;
}

function newest({ record: { status, detail } }: SloFacts): Numbers {
  return { status, detail, asOf: null };
}

interface Drawn {
  readonly read: Read;
  readonly ours: readonly AlertSpan[];
  readonly numbers: Numbers;
  readonly ask: SloPageAsk;
}

function drawn({ read, ours, numbers, ask }: Drawn): ChartView {
  const { facts, range, rows, excluded, known, latest: end } = read;
  const { version, versions, sli } = facts;
  const { from, to } = range;
  return chartOf({
    definition: version.definition,
    rows,
    excluded,
    firstCoveredAt: sli?.firstCoveredAt ?? null,
    from,
    to,
    end,
    now: ask.now,
    outlook: {
      budgetTotal: numbers.detail?.budgetTotal ?? null,
      pace: paceOver(rows, end, paceWindow(numbers.detail).ms),
      turns: turnsOf(numbers),
      // What is to come is told of the present, or of the moment shown when nothing after it is.
      known: facts.record.retiredAt === null && end === facts.end && isKnown(numbers.status),
    },
    alerts: ours.filter((a) => a.startedAt < to && (a.endedAt ?? end) > from),
    outside: read.outside.filter((a) => a.startsAt < to && (a.endsAt ?? end) > from),
    versions: versionMarks(versions, { from, to }),
    apart: read.exclusions.flatMap(({ id, kind, title, excluded, spans }) =>
      spans.map((span) => ({ id, kind, title, excluded, ...span })),
    ),
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

/** Bad events per ms over the window that the forecast goes by; null while they are not known. */
function paceOver(rows: readonly TotalsRow[], end: number, paceMs: number): number | null {
  const recent = countsOf(rows, end, paceMs);
  return recent && burnOf(recent, paceMs, 1) !== null ? badOf(recent) / paceMs : null;
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

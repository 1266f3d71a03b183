import type { ReviewSlo } from "#components/reviews/view.ts";
import type { Db } from "#db/connection.ts";
import { readExcludedSpans } from "#db/reads/exclusions.ts";
import {
  readSlosOfMonth,
  readStatesThen,
  type SlosOfMonth,
  type SloVersionThen,
} from "#db/reads/reviewSlos.ts";
import { readWindowCounts } from "#db/reads/windows.ts";
import { hashOf } from "#lib/dora/canonical.ts";
import { type Budget, type BudgetInput, budgetFor, LATELY } from "#lib/slo/budget.ts";
import { elapsedMs } from "#lib/slo/period.ts";
import type { Counts } from "#lib/slo/totals.ts";
import { floorMinute, MINUTE } from "#lib/time/duration.ts";

export interface SlosThen {
  /** Worst first. */
  readonly slos: readonly ReviewSlo[];
  /** Of what they say, and of the definitions and counts behind it. */
  readonly hash: string;
}

/**
 * The SLOs of a month as they stood when it ended, each over its own window, with what was spent when
 * it began. While the month lasts: as they stand now.
 */
export async function readSlosThen(db: Db, ask: SlosOfMonth, now: number): Promise<SlosThen> {
  const end = Math.min(ask.to, floorMinute(now - MINUTE));
  const versions = await readSlosOfMonth(db, ask);
  const states = await readStatesThen(db, end);
  const counts = await countsAt(db, versions, end);
  const countsBefore = await countsAt(db, versions, ask.from);
  const slos = versions.map((version, i) => {
    const then = budgetAt(version, end, counts[i]);
    const before = budgetAt(version, ask.from, countsBefore[i]);
    return sloOf(version, { then, before, state: states.get(version.id) ?? null });
  });
  const inputs = versions.map(({ id, version }, i) => [id, version, counts[i], countsBefore[i]]);
  return { slos: slos.toSorted(worstFirst), hash: hashOf({ inputs, slos }) };
}

/** What an SLO's budget at some time is computed from. */
type Counted = Pick<BudgetInput, "counts" | "lately" | "excluded">;

async function countsAt(
  db: Db,
  versions: readonly SloVersionThen[],
  at: number,
): Promise<Counted[]> {
  const windows = versions.map(({ definition: { window } }) => [
    elapsedMs(window, at),
    ...(window.kind === "calendar" ? [LATELY.ms] : []),
  ]);
  const longest = Math.max(0, ...windows.flat());
  const spans = await readExcludedSpans(db, { from: at - longest, to: at });
  const excluded = versions.map(({ id }) => spans.get(id) ?? []);
  const requests = versions.map(({ sliId }, i) => ({
    sliId,
    windowsMs: windows[i] ?? [],
    excluded: excluded[i] ?? [],
  }));
  return (await readWindowCounts(db, at, requests)).map(([counts, lately = null], i) => ({
    counts: counts ?? NOTHING,
    lately,
    excluded: excluded[i] ?? [],
  }));
}

const NOTHING: Counts = { good: 0, total: 0, covered: 0 };

/** Null where nothing was measured yet. */
function budgetAt(
  { definition, firstCoveredAt }: SloVersionThen,
  at: number,
  counted: Counted | undefined,
): Budget | null {
  if (!counted || firstCoveredAt === null || firstCoveredAt >= at) return null;
  return budgetFor({ definition, ...counted, at, firstCoveredAt });
}

interface Then {
  readonly then: Budget | null;
  readonly before: Budget | null;
  readonly state: ReviewSlo["state"];
}

function sloOf({ service, name, team, definition }: SloVersionThen, at: Then): ReviewSlo {
  const { objective, window } = definition;
  return {
    ...{ service, slo: name, team, objective, windowLabel: window.label, state: at.state },
    sli: at.then?.sli ?? null,
    consumed: at.then?.consumed ?? null,
    consumedBefore: at.before?.consumed ?? null,
    coverage: at.then?.coverage ?? 0,
  };
}

/** What is not known comes last. */
function worstFirst(a: ReviewSlo, b: ReviewSlo): number {
  return (b.consumed ?? -1) - (a.consumed ?? -1);
}

import type { ReviewSlo, ReviewTransition } from "#components/reviews/view.ts";
import type { Db } from "#db/connection.ts";
import {
  readSlosOfMonth,
  readStatesThen,
  readTransitionsOfMonth,
  type SlosOfMonth,
  type SloVersionThen,
} from "#db/reads/reviewSlos.ts";
import { readWindowCounts } from "#db/reads/windows.ts";
import { hashOf } from "#lib/dora/canonical.ts";
import { type Budget, budgetFor } from "#lib/slo/budget.ts";
import type { Counts } from "#lib/slo/totals.ts";
import { floorMinute, MINUTE } from "#lib/time/duration.ts";

export interface SlosThen {
  /** Worst first. */
  readonly slos: readonly ReviewSlo[];
  readonly transitions: readonly ReviewTransition[];
  /** Of the definitions and counts behind them. */
  readonly hash: string;
}

/**
 * The SLOs of a month as they stood when it ended, each over its own window, with what was spent when
 * it began. While the month lasts: as they stand now.
 */
export async function readSlosThen(db: Db, ask: SlosOfMonth, now: number): Promise<SlosThen> {
  const end = Math.min(ask.to, floorMinute(now - MINUTE));
  const versions = await readSlosOfMonth(db, ask);
  const transitions = await readTransitionsOfMonth(db, ask);
  const states = await readStatesThen(db, end);
  const counts = await countsAt(db, versions, end);
  const countsBefore = await countsAt(db, versions, ask.from);
  const slos = versions.map((version, i) => {
    const then = budgetAt(version, end, counts[i]);
    const before = budgetAt(version, ask.from, countsBefore[i]);
    return sloOf(version, { then, before, state: states.get(version.id) ?? null });
  });
  const inputs = versions.map(({ id, version }, i) => [id, version, counts[i], countsBefore[i]]);
  return { slos: slos.sort(worstFirst), transitions, hash: hashOf({ inputs, transitions }) };
}

async function countsAt(
  db: Db,
  versions: readonly SloVersionThen[],
  at: number,
): Promise<(Counts | undefined)[]> {
  const requests = versions.map(({ sliId, definition }) => ({
    sliId,
    windowsMs: [definition.window.ms],
  }));
  return (await readWindowCounts(db, at, requests)).map(([counts]) => counts);
}

/** Null where nothing was measured yet. */
function budgetAt(
  { definition, firstCoveredAt }: SloVersionThen,
  at: number,
  counts: Counts | undefined,
): Budget | null {
  if (!counts || firstCoveredAt === null || firstCoveredAt >= at) return null;
  return budgetFor({ definition, counts, at, firstCoveredAt });
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

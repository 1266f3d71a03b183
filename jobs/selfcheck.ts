import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { readWindowCounts } from "#db/reads/windows.ts";
import { slis } from "#db/schema/index.ts";
import { sourceFailed, sourceSucceeded } from "#db/writes/sources.ts";
import { saveFacts } from "#db/writes/totals.ts";
import { burnOf } from "#lib/slo/burn.ts";
import type { SliFact } from "#lib/slo/facts.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** The name under which the check stands among the sources. */
export const SELF_CHECK = "self-check";

const KEY = "self-check-v1";
const WINDOWS = [5 * MINUTE, HOUR, 6 * HOUR, DAY];
const BUDGET = 0.005;
const EVENTS_PER_MINUTE = 60;

/** Six events of every tenth minute fail, so every window has an answer that is known beforehand. */
function badIn(minuteEnd: number): number {
  return (minuteEnd / MINUTE) % 10 === 0 ? 6 : 0;
}

/**
 * A synthetic SLI whose burn rates are known by arithmetic is written and read back by the same code
 * as everybody's. When the two differ, the numbers of no SLO can be trusted; the check says so among
 * the sources and at `/metrics`.
 */
export async function selfCheck(db: Db, at: number): Promise<string | null> {
  await db
    .insert(slis)
    .values({
      key: KEY,
      source: SELF_CHECK,
      definition: { kind: "events", counts: "bad", numerator: "synthetic", total: "synthetic" },
      createdAt: at,
    })
    .onConflictDoNothing();
  const [row] = await db.select({ id: slis.id }).from(slis).where(sql`key = ${KEY}`);
  if (!row) return "the synthetic SLI could not be stored";
  const problem = await compare(db, row.id, at);
  const report = { source: SELF_CHECK, kind: "synthetic", now: at } as const;
  if (problem) await sourceFailed(db, { ...report, message: problem });
  else await sourceSucceeded(db, report);
  return problem;
}

async function compare(db: Db, sliId: number, at: number): Promise<string | null> {
  await db.transaction((tx) => saveFacts(tx, [factThrough(at)], at));
  const [counts] = await readWindowCounts(db, at, [{ sliId, windowsMs: WINDOWS }]);
  for (const [i, windowMs] of WINDOWS.entries()) {
    const read = burnOf(counts?.[i] ?? null, windowMs, BUDGET);
    const known = knownBurn(at, windowMs);
    if (read === null || Math.abs(read - known) > 1e-9) {
      return `The synthetic SLI burns ${read ?? "unknown"} over ${windowMs / MINUTE} min where ${known} is right.`;
    }
  }
  return null;
}

/** A day of minutes, written anew each time: replacing what is there must change nothing. */
function factThrough(at: number): SliFact {
  const from = at - DAY;
  const buckets = [];
  for (let end = from + MINUTE; end <= at; end += MINUTE) {
    buckets.push({
      at: end,
      good: EVENTS_PER_MINUTE - badIn(end),
      total: EVENTS_PER_MINUTE,
      covered: 1,
    });
  }
  return { sliKey: KEY, from, to: at, stepMs: MINUTE, purpose: "reread", buckets, suspects: [] };
}

function knownBurn(at: number, windowMs: number): number {
  let bad = 0;
  for (let end = at - windowMs + MINUTE; end <= at; end += MINUTE) bad += badIn(end);
  return bad / (EVENTS_PER_MINUTE * (windowMs / MINUTE)) / BUDGET;
}

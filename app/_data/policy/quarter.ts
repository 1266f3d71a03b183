import { readOwners } from "#app/_data/dora/teams.ts";
import { exceptionLine } from "#app/_data/policy/lines.ts";
import type { ExceptionLine, NeedCount, QuarterView } from "#components/policy/view.ts";
import type { Db } from "#db/connection.ts";
import { readExceptions } from "#db/reads/exceptions.ts";
import { readCatalogTeams } from "#db/reads/teams.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";
import { quarterOf, quarterSpan, quartersThrough } from "#lib/time/quarter.ts";

/** Quarters that one can choose: two years. */
const QUARTERS = 8;

interface QuarterAsk {
  readonly actor: Actor;
  /** What the address says; the present one where that is no quarter. */
  readonly quarter: string;
  /** Empty: every team. */
  readonly team: string;
  readonly now: number;
}

/** The exceptions that were asked for in a quarter, and which needs many teams share. */
export async function readQuarterView(db: Db, ask: QuarterAsk): Promise<QuarterView> {
  const { actor, team, now } = ask;
  const present = quarterOf(now);
  const quarter = quarterSpan(ask.quarter) ? ask.quarter : present;
  const lines = await readAsked(db, { quarter, team, now });
  return {
    ...{ quarter, team, lines, readAt: now },
    quarters: [...new Set([...quartersThrough(present, QUARTERS), quarter])],
    teams: await readCatalogTeams(db),
    needs: needCounts(lines),
    mayAsk: decide(actor, "edit") === "allow",
  };
}

async function readAsked(
  db: Db,
  { quarter, team, now }: Omit<QuarterAsk, "actor">,
): Promise<ExceptionLine[]> {
  const span = quarterSpan(quarter);
  if (!span) return [];
  const owners = await readOwners(db);
  const of = team === "" ? {} : { team: team.replaceAll("\0", "") };
  const lasting = await readExceptions(db, { ...of, ...span });
  return lasting
    .filter(({ askedAt }) => askedAt >= span.from)
    .map((each) => exceptionLine(each, { owners, now }));
}

/** The need of most teams first; a service that no team claims counts as its own team. */
export function needCounts(lines: readonly ExceptionLine[]): NeedCount[] {
  const byNeed = Map.groupBy(lines, ({ need }) => need);
  const counts = [...byNeed].map(([need, own]) => ({
    need,
    asked: own.length,
    teams: [...new Set(own.flatMap(({ teams, service }) => (teams.length ? teams : [service])))],
  }));
  return counts.toSorted((a, b) => b.teams.length - a.teams.length || b.asked - a.asked);
}

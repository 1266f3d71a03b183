import { and, asc, eq, ilike, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { decodeCursor, encodeCursor, type FleetCursor } from "#db/reads/cursor.ts";
import { sloReadings, sloStatus } from "#db/schema/index.ts";
import { SLO_STATES, type SloDetail, type SloState, type SloStatus } from "#lib/slo/status.ts";

export interface FleetRequest {
  readonly team?: string;
  readonly service?: string;
  readonly state?: SloState;
  /** Part of a service's, SLO's or team's name, whatever the case. */
  readonly search?: string;
  readonly limit: number;
  /** `next` of the page before; a RangeError when it is not one. */
  readonly cursor?: string | null;
}

export interface FleetTeam {
  /** Null collects the SLOs that name no team. */
  readonly team: string | null;
  /** Of its enforced SLOs; of the aspirational ones where it has no other. */
  readonly worst: SloState;
  readonly count: number;
}

export interface FleetPage {
  /** Worst first: by state, then by what is left of the budget. */
  readonly rows: readonly { readonly status: SloStatus; readonly detail: SloDetail }[];
  /** Of all that the request matches, whatever its state and page. */
  readonly totals: Readonly<Record<SloState, number>>;
  /** Every team there is, by name. */
  readonly teams: readonly FleetTeam[];
  readonly next: string | null;
  /** Epoch ms of the newest evaluation; null before the first. */
  readonly evaluatedAt: number | null;
}

const IN_FORCE = eq(sloStatus.retired, false);

/** One page of the SLOs in force, with the counts of all. */
export async function readFleet(db: Db, request: FleetRequest): Promise<FleetPage> {
  const matching = and(...filters(request));
  const rows = await readRows(db, request, matching);
  const groups = await readGroups(db, matching ?? sql`true`);
  const page = rows.slice(0, request.limit);
  const last = rows.length > request.limit ? page.at(-1) : undefined;
  return {
    rows: page.map(({ status, detail }) => ({ status, detail })),
    totals: totalsOf(groups),
    teams: teamsOf(groups),
    next: last ? encodeCursor(last) : null,
    evaluatedAt: groups.length > 0 ? Math.max(...groups.map((g) => g.evaluatedAt)) : null,
  };
}

/** Every status in force, for `/metrics`. */
export async function readAllStatuses(db: Db): Promise<SloStatus[]> {
  const rows = await db
    .select({ status: sloReadings.status })
    .from(sloStatus)
    .innerJoin(sloReadings, eq(sloReadings.sloId, sloStatus.sloId))
    .where(IN_FORCE)
    .orderBy(asc(sloStatus.sloId));
  return rows.map(({ status }) => status);
}

function filters({ team, service, search }: FleetRequest): (SQL | undefined)[] {
  // PostgreSQL refuses such a text, and no name has one.
  if ([team, service, search].some((text) => text?.includes("\0"))) return [sql`false`];
  const found = search && `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return [
    team === undefined ? undefined : eq(sloStatus.team, team),
    service === undefined ? undefined : eq(sloStatus.service, service),
    found
      ? or(
          ilike(sloStatus.service, found),
          ilike(sloStatus.name, found),
          ilike(sloStatus.team, found),
        )
      : undefined,
  ];
}

/** One row more than asked, to know whether there is a next page. */
function readRows(db: Db, request: FleetRequest, matching: SQL | undefined) {
  const { state, limit } = request;
  const cursor = request.cursor ? decodeCursor(request.cursor) : null;
  return db
    .select({
      rank: sloStatus.rank,
      remaining: sloStatus.remaining,
      sloId: sloStatus.sloId,
      status: sloReadings.status,
      detail: sloReadings.detail,
    })
    .from(sloStatus)
    .innerJoin(sloReadings, eq(sloReadings.sloId, sloStatus.sloId))
    .where(
      and(
        IN_FORCE,
        matching,
        state ? eq(sloStatus.rank, SLO_STATES.indexOf(state)) : undefined,
        cursor ? after(cursor) : undefined,
      ),
    )
    .orderBy(asc(sloStatus.rank), asc(sloStatus.remaining), asc(sloStatus.sloId))
    .limit(limit + 1);
}

function after({ rank, remaining, sloId }: FleetCursor): SQL {
  return sql`(${sloStatus.rank}, ${sloStatus.remaining}, ${sloStatus.sloId})
    > (${rank}::int, ${remaining}::float8, ${sloId}::int)`;
}

interface Group {
  readonly team: string | null;
  readonly rank: number;
  readonly count: number;
  readonly enforced: number;
  readonly matching: number;
  readonly evaluatedAt: number;
}

/** All SLOs in force by team and state: totals, teams and the newest evaluation in one pass. */
function readGroups(db: Db, matching: SQL): Promise<Group[]> {
  const count = (where: SQL) => sql<number>`(count(*) filter (where ${where}))::int`;
  return db
    .select({
      team: sloStatus.team,
      rank: sloStatus.rank,
      count: count(sql`true`),
      enforced: count(sql`${sloStatus.enforced}`),
      matching: count(matching),
      evaluatedAt: sql<number>`max(${sloStatus.evaluatedAt})`,
    })
    .from(sloStatus)
    .where(IN_FORCE)
    .groupBy(sloStatus.team, sloStatus.rank);
}

function totalsOf(groups: readonly Group[]): Record<SloState, number> {
  const of = (rank: number) =>
    groups.reduce((sum, group) => sum + (group.rank === rank ? group.matching : 0), 0);
  return Object.fromEntries(SLO_STATES.map((state, rank) => [state, of(rank)])) as Record<
    SloState,
    number
  >;
}

function teamsOf(groups: readonly Group[]): FleetTeam[] {
  const teams = [...Map.groupBy(groups, ({ team }) => team)];
  return teams
    .map(([team, own]) => ({
      team,
      worst: worstOf(own),
      count: own.reduce((sum, { count }) => sum + count, 0),
    }))
    .sort((a, b) => (a.team ?? "\uffff").localeCompare(b.team ?? "\uffff"));
}

function worstOf(groups: readonly Group[]): SloState {
  const enforced = groups.filter((group) => group.enforced > 0);
  const counted = enforced.length > 0 ? enforced : groups;
  return SLO_STATES[Math.min(...counted.map(({ rank }) => rank))] ?? "unknown";
}

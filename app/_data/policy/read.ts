import { readOwners } from "#app/_data/dora/teams.ts";
import { exceptionLine, gateLine, transitionLine } from "#app/_data/policy/lines.ts";
import { readOwedLines } from "#app/_data/policy/owed.ts";
import { stateCounts, stateLines } from "#app/_data/policy/states.ts";
import type { OpenExceptions, PolicyView, StateLine } from "#components/policy/view.ts";
import type { Db } from "#db/connection.ts";
import { type Asking, readAsking } from "#db/reads/asking.ts";
import { readExceptions } from "#db/reads/exceptions.ts";
import { readGateLog } from "#db/reads/gateLog.ts";
import { readCatalogTeams } from "#db/reads/teams.ts";
import { readTransitions } from "#db/reads/transitions.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";
import { DAY } from "#lib/time/duration.ts";

/** More SLOs in trouble than this, and a person needs the fleet page's filters. */
const MOST_SLOS = 1_000;
const RECENT_MS = 30 * DAY;
const RECENT = 15;
const ANSWERS = 8;

interface PolicyAsk {
  readonly actor: Actor;
  /** Empty: every team. */
  readonly team: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Who is frozen, who has an exception, and what is owed: all teams', or one's. */
export async function readPolicyView(db: Db, { actor, team, now }: PolicyAsk): Promise<PolicyView> {
  const of = ofTeam(team);
  const { asking, states, asked, inForce } = await readStates(db, { team, now });
  return {
    ...{ team, states, readAt: now, evaluatedAt: asking.evaluatedAt },
    teams: await readCatalogTeams(db),
    counts: stateCounts(states, asking),
    ...{ asked, inForce },
    owed: await readOwedLines(db, actor, { ...of, open: true }),
    transitions: (
      await readTransitions(db, { ...of, from: now - RECENT_MS, to: now + 1, limit: RECENT })
    ).map(transitionLine),
    gate: (await readGateLog(db, { ...of, limit: ANSWERS })).map(gateLine),
    mayAsk: decide(actor, "edit") === "allow",
  };
}

interface States extends OpenExceptions {
  readonly asking: Asking;
  readonly states: readonly StateLine[];
}

type Scope = Omit<PolicyAsk, "actor">;

/** What the policies ask now, with the exceptions that wait or are in force. */
export async function readStates(db: Db, { team, now }: Scope): Promise<States> {
  const open = await readOpenExceptions(db, { team, now });
  const own = ofTeam(team).team ?? null;
  const asking = await readAsking(db, { team: own, limit: MOST_SLOS, now });
  return { ...open, asking, states: stateLines({ asking, inForce: open.inForce, now }) };
}

/** The exceptions that wait or are in force now, of all teams or of one. */
export async function readOpenExceptions(db: Db, { team, now }: Scope): Promise<OpenExceptions> {
  const owners = await readOwners(db);
  const read = async (state: "asked" | "in-force") => {
    const rows = await readExceptions(db, { ...ofTeam(team), state, now });
    return rows.map((row) => exceptionLine(row, { owners, now }));
  };
  const inForce = await read("in-force");
  return {
    asked: (await read("asked")).reverse(),
    inForce: inForce.toSorted((a, b) => a.expiresAt - b.expiresAt),
  };
}

/** PostgreSQL refuses NUL, and no team has one. */
function ofTeam(team: string): { readonly team?: string } {
  return team === "" ? {} : { team: team.replaceAll("\0", "") };
}

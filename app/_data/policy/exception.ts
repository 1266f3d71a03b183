import { readOwners } from "#app/_data/dora/teams.ts";
import { mayEdit } from "#app/_data/policy/editing.ts";
import { exceptionLine } from "#app/_data/policy/lines.ts";
import type { Deciding, ExceptionEvent, ExceptionView } from "#components/policy/view.ts";
import type { Db } from "#db/connection.ts";
import { readException } from "#db/reads/exceptions.ts";
import { readScopeTeams } from "#db/reads/scope.ts";
import { type Actor, actorIdentity } from "#lib/access/actor.ts";
import { exceptionState, type PolicyException } from "#lib/policy/exception.ts";

interface ExceptionAsked {
  readonly id: number;
  readonly actor: Actor;
  /** Epoch ms. */
  readonly now: number;
}

/** One exception as its page shows it to this reader; null when there never was one. */
export async function readExceptionView(
  db: Db,
  { id, actor, now }: ExceptionAsked,
): Promise<ExceptionView | null> {
  const found = await readException(db, id);
  if (!found) return null;
  const { risk, mitigations, decision, decisionNote, endedAt, endedByName, follows } = found;
  const owners = await readOwners(db);
  const { service, slo } = found;
  const teams = await readScopeTeams(db, found);
  const [team = null] = slo === null ? [] : teams;
  const isEditor = mayEdit(actor, owners, { service, team });
  const editsAll = teams.every((each) => mayEdit(actor, owners, { service, team: each }));
  return {
    ...exceptionLine(found, { owners, now }),
    ...{ risk, mitigations, decision, decisionNote, endedAt, endedByName, follows },
    history: historyOf(found, now),
    deciding: decidingOf(found, { actor, isEditor: isEditor && editsAll, now }),
    ...{ isEditor, readAt: now },
  };
}

interface Reader {
  readonly actor: Actor;
  /** For every team whose SLOs it is about. */
  readonly isEditor: boolean;
  readonly now: number;
}

/** Whether the reader may decide; if not, the first reason that a person would give. */
export function decidingOf(exception: PolicyException, { actor, isEditor, now }: Reader): Deciding {
  if (exceptionState(exception, now) !== "asked") return "over";
  if (actor.kind === "local") return "sign-in-off";
  if (actor.kind !== "person") return "program";
  if (exception.askedBy === actorIdentity(actor)) return "own";
  return isEditor ? "may" : "not-editor";
}

/** Everything that was done about it, oldest first; its end by itself is one of these. */
export function historyOf(exception: PolicyException, now: number): ExceptionEvent[] {
  const { askedAt, askedByName, decision, decidedAt, decidedByName } = exception;
  const { endedAt, endedByName } = exception;
  const all: (ExceptionEvent | null)[] = [
    { at: askedAt, what: "Asked for", by: askedByName },
    decidedAt === null || decision === null
      ? null
      : { at: decidedAt, what: DECIDED[decision], by: decidedByName ?? "" },
    endedAt === null
      ? null
      : { at: endedAt, what: decision === null ? "Withdrawn" : "Revoked", by: endedByName ?? "" },
    exceptionState(exception, now) === "expired"
      ? { at: exception.expiresAt, what: "Expired", by: "" }
      : null,
  ];
  return all.filter((event) => event !== null);
}

const DECIDED = { approved: "Approved", rejected: "Rejected" } as const;

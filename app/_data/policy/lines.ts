import { teamsOf } from "#app/_data/dora/teams.ts";
import type { ExceptionLine, GateLine, TransitionLine } from "#components/policy/view.ts";
import type { GateLogRow } from "#db/reads/gateLog.ts";
import type { ServiceTeam } from "#db/reads/serviceTeams.ts";
import type { ServiceTransition } from "#db/reads/transitions.ts";
import { exceptionState, type PolicyException } from "#lib/policy/exception.ts";

/** As lists show it at `now`; identities stay on the server. */
export function exceptionLine(
  exception: PolicyException,
  { owners, now }: { readonly owners: readonly ServiceTeam[]; readonly now: number },
): ExceptionLine {
  const { id, service, slo, environment, need, justification } = exception;
  const { askedByName, askedAt, expiresAt, decidedByName, decidedAt } = exception;
  return {
    ...{ id, service, slo, environment, need, justification },
    ...{ askedByName, askedAt, expiresAt, decidedByName, decidedAt },
    state: exceptionState(exception, now),
    teams: teamsOf(owners, service),
  };
}

export function transitionLine(row: ServiceTransition): TransitionLine {
  const { id, at, service, slo, enforced, from, to, cause, consumed } = row;
  return { id, at, service, slo, enforced, from, to, cause, consumed };
}

export function gateLine({ id, at, surface, askedByName, answer }: GateLogRow): GateLine {
  return { id, at, surface, askedByName, answer };
}

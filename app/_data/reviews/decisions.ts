import type { ReviewDecisions, ReviewException, ReviewOwed } from "#components/reviews/view.ts";
import type { Db } from "#db/connection.ts";
import { readExceptions } from "#db/reads/exceptions.ts";
import { countGateLog } from "#db/reads/gateLog.ts";
import { type OwedItem, readOwed } from "#db/reads/owed.ts";
import { readTransitionsOfMonth, type SlosOfMonth } from "#db/reads/reviewSlos.ts";
import { exceptionState, type PolicyException } from "#lib/policy/exception.ts";

interface DecisionsAsk extends SlosOfMonth {
  /** Epoch ms: of what is to come, nothing is told. */
  readonly now: number;
}

/** What was decided in a month. */
export async function readDecisions(db: Db, ask: DecisionsAsk): Promise<ReviewDecisions> {
  const { from, to, team } = ask;
  const of = { from, to, ...(team === "" ? {} : { team }) };
  return {
    transitions: await readTransitionsOfMonth(db, ask),
    exceptions: (await readExceptions(db, of)).flatMap((each) => turnsOf(each, ask)),
    owed: (await readOwed(db, of)).map((item) => owedOf(item, ask)),
    gate: await countGateLog(db, of),
  };
}

type Span = Pick<DecisionsAsk, "from" | "to" | "now">;

/** What happened to an exception in the month, oldest first. */
function turnsOf(exception: PolicyException, { from, to, now }: Span): ReviewException[] {
  const { id, service, slo, environment, need } = exception;
  const { askedAt, decision, decidedAt, endedAt, expiresAt } = exception;
  const isOver = exceptionState(exception, now) === "expired";
  const turns: readonly (readonly [ReviewException["turn"], number | null])[] = [
    ["asked", askedAt],
    [decision === "rejected" ? "rejected" : "approved", decidedAt],
    [decision === null ? "withdrawn" : "revoked", endedAt],
    ["expired", isOver ? expiresAt : null],
  ];
  return turns.flatMap(([turn, at]) =>
    at === null || at < from || at >= to
      ? []
      : [{ ...{ id, service, slo, environment, need }, turn, at }],
  );
}

/** What came later is not of this month: its numbers stay as they are. */
function owedOf(item: OwedItem, { from, to }: Span): ReviewOwed {
  const { kind, service, slo, share, openedAt, doneAt } = item;
  const within = (at: number | null) => (at !== null && at >= from && at < to ? at : null);
  return { kind, service, slo, share, opened: within(openedAt), done: within(doneAt) };
}

import { readOwedLines } from "#app/_data/policy/owed.ts";
import { readOpenExceptions } from "#app/_data/policy/read.ts";
import type { TeamPolicyView } from "#components/policy/view.ts";
import type { Db } from "#db/connection.ts";
import type { Actor } from "#lib/access/actor.ts";

interface TeamAsk {
  readonly actor: Actor;
  readonly team: string;
  /** Epoch ms. */
  readonly now: number;
}

/** What a team owes, and its exceptions that wait or are in force. */
export async function readTeamPolicy(
  db: Db,
  { actor, team, now }: TeamAsk,
): Promise<TeamPolicyView> {
  return {
    ...(await readOpenExceptions(db, { team, now })),
    owed: await readOwedLines(db, actor, { team, open: true }),
    ...{ team, readAt: now },
  };
}

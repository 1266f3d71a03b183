import { lt } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { type GateQuestion, readGateDecision } from "#db/reads/gate.ts";
import { gateDecisions } from "#db/schema/index.ts";
import type { GateDecision, GateSurface } from "#lib/policy/decision.ts";

export interface GateRequest extends GateQuestion {
  readonly surface: GateSurface;
  /** Who asks, for people. */
  readonly askedByName: string;
}

/** What the gate answers now, once it is logged. */
export async function askGate(db: Db, request: GateRequest): Promise<GateDecision> {
  const answer = await readGateDecision(db, request);
  await logGateAnswer(db, request, answer);
  return answer;
}

/** Keeps an answer as it was given. */
export async function logGateAnswer(
  db: Db,
  { now: at, surface, askedByName }: Pick<GateRequest, "now" | "surface" | "askedByName">,
  answer: GateDecision,
): Promise<void> {
  const { decision, proceed, service, environment, sha, change } = answer;
  const said = { decision, proceed, service, environment, sha, change, answer };
  await db.insert(gateDecisions).values({ ...said, at, surface, askedByName });
}

/** Forgets answers that were given before a time (epoch ms); how many. */
export async function dropOldGateDecisions(db: Db, before: number): Promise<number> {
  const gone = await db
    .delete(gateDecisions)
    .where(lt(gateDecisions.at, before))
    .returning({ id: gateDecisions.id });
  return gone.length;
}

import { config } from "#config/current.ts";
import type { Db } from "#db/connection.ts";
import { readGateDecision } from "#db/reads/gate.ts";
import type { GateChange, GateDecision } from "#lib/policy/decision.ts";
import type { PolicyExemption } from "#lib/spec/model.ts";

/** What the gate would answer for an ordinary deployment to production. Nobody asked, so nothing is logged. */
export function readGateNow(db: Db, service: string, now: number): Promise<GateDecision> {
  return decisionFor(db, { service, change: "feature", now });
}

const FIXES: readonly PolicyExemption[] = ["p0", "security"];

/** The fixes that the gate would let through the block of this answer; empty where it blocks nothing. */
export async function readFixesThrough(
  db: Db,
  { service, decision }: GateDecision,
  now: number,
): Promise<PolicyExemption[]> {
  if (decision !== "block") return [];
  const through: PolicyExemption[] = [];
  for (const change of FIXES) {
    const answer = await decisionFor(db, { service, change, now });
    if (answer.decision === "allow") through.push(change);
  }
  return through;
}

interface Asked {
  readonly service: string;
  readonly change: GateChange;
  readonly now: number;
}

function decisionFor(db: Db, { service, change, now }: Asked): Promise<GateDecision> {
  const { gate: rules, publicUrl: linkPrefix } = config();
  const ask = { service, environment: "production", change, sha: null } as const;
  return readGateDecision(db, { ask, rules, now, linkPrefix });
}

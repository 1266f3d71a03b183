import { config } from "#config/current.ts";
import type { Db } from "#db/connection.ts";
import { readGateDecision } from "#db/reads/gate.ts";
import type { GateDecision } from "#lib/policy/decision.ts";

/** What the gate would answer for an ordinary deployment to production. Nobody asked, so nothing is logged. */
export function readGateNow(db: Db, service: string, now: number): Promise<GateDecision> {
  const { gate: rules, publicUrl: linkPrefix } = config();
  const ask = { service, environment: "production", change: "feature", sha: null } as const;
  return readGateDecision(db, { ask, rules, now, linkPrefix });
}

import { readFixesThrough, readGateNow } from "#app/_data/policy/gateNow.ts";
import type { LandingGate } from "#components/slo/alert/view.ts";
import type { Db } from "#db/client.ts";

/** Whether who was called may ship now, or a fix of theirs. */
export async function readLandingGate(db: Db, service: string, now: number): Promise<LandingGate> {
  const answer = await readGateNow(db, service, now);
  const { decision, mode, proceed } = answer;
  return {
    answer: { decision, mode, proceed },
    fixes: await readFixesThrough(db, answer, now),
  };
}

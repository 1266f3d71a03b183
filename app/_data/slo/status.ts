import { type Moved, readFacts, type SloAsk } from "#app/_data/slo/facts.ts";
import { readCountedRows } from "#app/_data/slo/rows.ts";
import { statusThen } from "#app/_data/slo/then.ts";
import { store } from "#db/client.ts";
import { presentStatus } from "#lib/slo/present.ts";
import type { SloStatus } from "#lib/slo/status.ts";

/** One SLO's numbers by themselves, now or as of a time; null status before the first evaluation. */
export async function readSloStatus(
  ask: SloAsk,
): Promise<{ readonly kind: "slo"; readonly status: SloStatus | null } | Moved | null> {
  const { db } = await store();
  return db.transaction(
    async (tx) => {
      const facts = await readFacts(tx, ask);
      if (facts?.kind !== "slo") return facts;
      const { status } = facts.record;
      if (ask.at === null) {
        return { kind: "slo" as const, status: status && presentStatus(status, ask.now) };
      }
      const { end } = facts;
      const rows = await readCountedRows(tx, facts, { from: end, to: end });
      return { kind: "slo" as const, status: statusThen(facts, rows).status };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

import { type Moved, readFacts, type SloAsk } from "#app/_data/slo/facts.ts";
import { readCountedRows } from "#app/_data/slo/rows.ts";
import { statusThen } from "#app/_data/slo/then.ts";
import { store } from "#db/client.ts";
import { presentStatus } from "#lib/slo/present.ts";
import type { SloStatus } from "#lib/slo/status.ts";

interface Found {
  readonly kind: "slo";
  /** Null before the first evaluation. */
  readonly status: SloStatus | null;
  readonly enforced: boolean;
}

/** One SLO's numbers by themselves, now or as of a time. */
export async function readSloStatus(ask: SloAsk): Promise<Found | Moved | null> {
  const { db } = await store();
  return db.transaction(
    async (tx): Promise<Found | Moved | null> => {
      const facts = await readFacts(tx, ask);
      if (facts?.kind !== "slo") return facts;
      const { status } = facts.record;
      const { enforced } = facts.version.definition;
      if (ask.at === null) {
        return { kind: "slo", status: status && presentStatus(status, ask.now), enforced };
      }
      const { end } = facts;
      const rows = await readCountedRows(tx, facts, { from: end, to: end });
      return { kind: "slo", status: statusThen(facts, rows).status, enforced };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

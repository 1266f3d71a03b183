import { openStore } from "#db/client.ts";
import { definition } from "#db/suites/definitions.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveFacts } from "#db/writes/totals.ts";
import type { SliFact } from "#lib/slo/facts.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Run as a program of its own, to be killed: writes minute after minute of all SLIs, a batch each. */
export const SLIS = 20;
export const START = Date.UTC(2026, 0, 1);

export const KEYS = Array.from({ length: SLIS }, (_, i) => `endless-${i}`);

/** The minute `n` of every SLI. */
function batch(n: number): SliFact[] {
  const from = START + n * MINUTE;
  const to = from + MINUTE;
  return KEYS.map((sliKey, i) => ({
    sliKey,
    from,
    to,
    stepMs: MINUTE,
    purpose: "tick",
    buckets: [{ at: to, good: i, total: i + 1, covered: 1 }],
    suspects: [],
  }));
}

async function writeForever(url: string, first: number): Promise<void> {
  const { db } = await openStore(url);
  const slos = KEYS.map((sliKey) => ({
    definition: definition({ name: sliKey }),
    path: "endless.yaml",
    sliKey,
    source: "endless",
  }));
  await applyCatalog(db, { documents: [], slos, now: START });
  for (let n = first; ; n++) {
    await saveFacts(db, batch(n), START);
    process.stdout.write(`${n + 1}\n`);
  }
}

if (process.argv[1] === import.meta.filename) {
  await writeForever(String(process.argv[2]), Number(process.argv[3]));
}

import type { OpenOptions } from "#db/connection.ts";
import type { PgliteClient } from "#db/pglite/client.ts";
import { newestSnapshotAt, writeSnapshot } from "#db/pglite/snapshots.ts";

const ROUND_MS = 5 * 60_000;
const SNAPSHOT_EVERY_MS = 60 * 60_000;
const VACUUM_EVERY_MS = 24 * 60 * 60_000;

/** Rows that each evaluation replaces: within a day they would leave a thousand dead versions each. */
const CHURNING = ["slo_status", "slo_readings", "sli_progress", "sources"];

/**
 * What a PostgreSQL server does by itself and an embedded one does not: checkpoints, vacuum, and a
 * snapshot an hour, because nothing here survives a power cut for certain.
 */
export function startUpkeep(
  client: PgliteClient,
  snapshots: string,
  { onError = () => {} }: OpenOptions,
): { stop(): Promise<void> } {
  let round: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(() => keepUp(client, snapshots, Date.now())).catch(onError);
  }, ROUND_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}

/** One round; `now` in epoch ms decides what is due. */
export async function keepUp(client: PgliteClient, snapshots: string, now: number): Promise<void> {
  await vacuum(client, now);
  await client.exec("CHECKPOINT");
  const last = await newestSnapshotAt(snapshots);
  if (last === null || now - last >= SNAPSHOT_EVERY_MS) {
    await writeSnapshot(snapshots, await client.dump(), now);
  }
}

/** Table by table, so that other statements get their turn in between. */
async function vacuum(client: PgliteClient, now: number): Promise<void> {
  const { rows } = await client.query(
    `select format('%I.%I', schemaname, relname) as name, relname,
            extract(epoch from last_vacuum) * 1000 as vacuumed
     from pg_stat_user_tables where schemaname in ('public', 'pgboss')`,
  );
  for (const { name, relname, vacuumed } of rows) {
    if (vacuumed === null || now - Number(vacuumed) >= VACUUM_EVERY_MS) {
      await client.exec(`VACUUM (ANALYZE) ${name}`);
    } else if (CHURNING.includes(relname)) {
      await client.exec(`VACUUM ${name}`);
    }
  }
}

import { mkdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { drizzle } from "drizzle-orm/pglite";
import { fromPglite } from "pg-boss";
import type { OpenOptions, Session, Store } from "#db/connection.ts";
import { StoreError } from "#db/error.ts";
import { PgliteClient } from "#db/pglite/client.ts";
import { acquireLock, type Lock } from "#db/pglite/lock.ts";
import { queryOn } from "#db/pglite/query.ts";
import { WorkerThread } from "#db/pglite/thread.ts";
import { startUpkeep } from "#db/pglite/upkeep.ts";

const IDLE_TRANSACTION_MS = 60_000;

/** Where an embedded database lives, and what belongs to it. */
export interface Place {
  readonly dataDir: string;
  readonly lockFile: string;
  readonly snapshots: string;
}

/** `path` as in `pglite://path`. */
export function placeOf(path: string, cwd: string): Place {
  if (path === "")
    throw new StoreError("pglite:// needs a folder, for example pglite://.plimsoll/data");
  const dataDir = resolve(cwd, path);
  const parent = dirname(dataDir);
  return {
    dataDir,
    lockFile: join(parent, `${basename(dataDir)}.lock`),
    snapshots: join(parent, "snapshots"),
  };
}

/** Opens the folder for this process alone, or a database in memory for tests. */
export async function openPglite(path: string, options: OpenOptions): Promise<Store> {
  if (path === "memory") return assemble(await startClient(null, options));
  const place = placeOf(path, options.cwd ?? process.cwd());
  mkdirSync(dirname(place.dataDir), { recursive: true });
  const lock = acquireLock(place.lockFile);
  try {
    const client = await startClient(place.dataDir, options);
    const upkeep = options.upkeep === false ? null : startUpkeep(client, place.snapshots, options);
    return assemble(client, lock, upkeep);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startClient(dataDir: string | null, options: OpenOptions): Promise<PgliteClient> {
  const thread = new WorkerThread({ dataDir, from: options.from ?? null });
  const client = new PgliteClient(thread, IDLE_TRANSACTION_MS);
  try {
    await client.query("select 1");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(
      `the embedded database ${dataDir ?? "in memory"} cannot be opened: ${why}. ` +
        "If it is damaged, restore a snapshot: npx plimsoll restore --force FILE",
      { cause },
    );
  }
  return client;
}

function assemble(
  client: PgliteClient,
  lock?: Lock,
  upkeep?: { stop(): Promise<void> } | null,
): Store {
  return {
    kind: "pglite",
    db: drizzle({ client: client as never }),
    boss: { backend: "pglite", db: fromPglite(client) },
    session: (use) => client.session((thread) => use(sessionOn(thread))),
    dump: () => client.dump(),
    async close() {
      await upkeep?.stop();
      await client.close();
      lock?.release();
    },
  };
}

function sessionOn(thread: WorkerThread): Session {
  return {
    query: (text, values) => queryOn(thread, text, values),
    exec: async (text) => {
      await thread.call({ kind: "exec", text });
    },
  };
}

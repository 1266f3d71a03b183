import { existsSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { openStore } from "#db/client.ts";
import { StoreError } from "#db/error.ts";
import { migrate } from "#db/migrate.ts";
import { acquireLock } from "#db/pglite/lock.ts";
import { type Place, placeOf } from "#db/pglite/store.ts";

export interface BackupOptions {
  /** The database, as in PLIMSOLL_DATABASE_URL. */
  readonly url: string;
  readonly file: string;
  /** Where relative `pglite://` paths start. */
  readonly cwd: string;
}

const GZIP_MAGIC = [0x1f, 0x8b];

/** Writes the whole embedded database to a new file (tar, gzip); gives its size in bytes. */
export async function backup({ url, file, cwd }: BackupOptions): Promise<number> {
  const place = embedded(
    url,
    cwd,
    `pg_dump --format=custom --file=${file} "$PLIMSOLL_DATABASE_URL"`,
  );
  if (!existsSync(place.dataDir)) {
    throw new StoreError(
      `there is no database in ${place.dataDir}, so there is nothing to back up`,
    );
  }
  if (existsSync(file)) throw new StoreError(`${file} is there already: name another file`);
  const packed = await promisify(gzip)(await dumpOf(url, cwd, place), { level: 6 });
  await writeFile(`${file}.part`, packed);
  await rename(`${file}.part`, file);
  return packed.byteLength;
}

async function dumpOf(url: string, cwd: string, place: Place): Promise<Uint8Array> {
  requireFree(place);
  const store = await openStore(url, { cwd, upkeep: false });
  try {
    return (await store.dump?.()) ?? new Uint8Array();
  } finally {
    await store.close();
  }
}

/** Says what can be had while a process holds the database. */
function requireFree({ lockFile, snapshots }: Place): void {
  try {
    acquireLock(lockFile).release();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new StoreError(
      `${error.message}\nWhile it runs, copy the newest hourly snapshot from ${snapshots} instead`,
    );
  }
}

/**
 * Makes the embedded database what a backup or snapshot holds. The file is opened and brought up to
 * date beside the present database before it takes its place, so a bad file changes nothing; with
 * `force` the present one is moved aside, and where to is the answer.
 */
export async function restore(
  options: BackupOptions & { readonly force: boolean; readonly now: number },
): Promise<string | null> {
  const { url, file, cwd, force, now } = options;
  const place = embedded(url, cwd, `pg_restore --clean --dbname="$PLIMSOLL_DATABASE_URL" ${file}`);
  const from = await unpack(file);
  if (existsSync(place.dataDir) && !force) {
    throw new StoreError(
      `there is a database in ${place.dataDir}: give --force to put the backup in its place`,
    );
  }
  const lock = existsSync(place.dataDir) ? acquireLock(place.lockFile) : null;
  try {
    return await swap(place, await prepare(place, from, file), now);
  } finally {
    lock?.release();
  }
}

/** The backup as a database of its own beside the present one, proved to open and to be ours. */
async function prepare({ dataDir }: Place, from: Uint8Array, file: string): Promise<string> {
  const folder = `${dataDir}.restoring`;
  await rm(folder, { recursive: true, force: true });
  const opening = openStore(`pglite://${folder}`, { from, upkeep: false });
  try {
    const store = await opening;
    try {
      await migrate(store);
    } finally {
      await store.close();
    }
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(`${file} cannot be restored, and nothing was changed: ${why}`, { cause });
  }
  return folder;
}

async function swap({ dataDir }: Place, restored: string, now: number): Promise<string | null> {
  const aside = `${dataDir}.replaced-${now}`;
  const there = existsSync(dataDir);
  if (there) await rename(dataDir, aside);
  await rename(restored, dataDir);
  return there ? aside : null;
}

async function unpack(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new StoreError(`${file} cannot be read`, { cause });
  });
  const isPacked = GZIP_MAGIC.every((byte, i) => bytes[i] === byte);
  if (!isPacked) return bytes;
  return promisify(gunzip)(bytes).catch((cause: unknown) => {
    throw new StoreError(`${file} is damaged: it is no whole gzip file`, { cause });
  });
}

function embedded(url: string, cwd: string, instead: string): Place {
  if (url.startsWith("pglite://")) return placeOf(url.slice("pglite://".length), cwd);
  throw new StoreError(`PostgreSQL has a tool of its own for this: ${instead}`);
}

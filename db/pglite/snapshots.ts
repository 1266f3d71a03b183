import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const KEEP = 24;
/** Older snapshots beyond this many bytes go, but the two newest always stay. */
const KEEP_BYTES = 2 * 1024 ** 3;
const NAME = /^(\d{8})T(\d{6})Z\.tar\.gz$/;

/** Writes a snapshot under its time's name, whole or not at all, and removes what is too old. */
export async function writeSnapshot(folder: string, tar: Uint8Array, now: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${stamp(now)}.tar.gz`);
  await writeFile(`${file}.part`, await promisify(gzip)(tar, { level: 1 }));
  await rename(`${file}.part`, file);
  await prune(folder);
  return file;
}

/** Epoch ms of the newest snapshot; null when there is none. */
export async function newestSnapshotAt(folder: string): Promise<number | null> {
  const [newest] = await newestFirst(folder);
  const parts = newest && NAME.exec(newest);
  if (!parts) return null;
  const [, day = "", time = ""] = parts;
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  return Date.parse(`${date}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`);
}

async function prune(folder: string): Promise<void> {
  let bytes = 0;
  for (const [i, name] of (await newestFirst(folder)).entries()) {
    const file = join(folder, name);
    bytes += (await stat(file)).size;
    if (i >= KEEP || (i >= 2 && bytes > KEEP_BYTES)) await rm(file);
  }
}

async function newestFirst(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => NAME.test(name)).sort((a, b) => (a < b ? 1 : -1));
}

/** `20260101T000000Z`: sorts by time, and is a file name everywhere. */
function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "");
}

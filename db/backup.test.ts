import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backup, restore } from "#db/backup.ts";
import { openStore } from "#db/client.ts";
import { newestSnapshotAt, writeSnapshot } from "#db/pglite/snapshots.ts";
import { keepUp } from "#db/pglite/upkeep.ts";
import { sources } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";

const URL = "pglite://data";
const NOW = Date.UTC(2026, 0, 1, 12);

let template: Uint8Array | undefined;
let cwd: string;
beforeAll(async () => {
  const store = await testStore();
  template = await store.dump?.();
  await store.close();
});
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "plimsoll-backup-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const open = (from?: Uint8Array) => openStore(URL, { cwd, from, upkeep: false });

/** A database that holds one source of this name. */
async function databaseWith(name: string): Promise<void> {
  const store = await open(existsSync(join(cwd, "data")) ? undefined : template);
  await store.db.delete(sources);
  await store.db.insert(sources).values({ name, kind: "prometheus", state: "ok" });
  await store.close();
}

async function contains(name: string): Promise<boolean> {
  const store = await open();
  const found = await store.db.$count(sources, eq(sources.name, name));
  await store.close();
  return found === 1;
}

describe("backup and restore", { timeout: 60_000 }, () => {
  test("a restored backup holds what was there, and the database it replaces is moved aside", async () => {
    await databaseWith("before");
    const file = join(cwd, "backup.tar.gz");
    expect(await backup({ url: URL, file, cwd })).toBeGreaterThan(100_000);
    await databaseWith("after");
    const options = { url: URL, file, cwd, now: NOW };
    await expect(restore({ ...options, force: false })).rejects.toThrow(/give --force/);
    expect(await restore({ ...options, force: true })).toBe(join(cwd, `data.replaced-${NOW}`));
    expect(await contains("before")).toBe(true);
    expect(readdirSync(cwd).sort()).toEqual(["backup.tar.gz", "data", `data.replaced-${NOW}`]);
  });

  test("a file that is no backup changes nothing", async () => {
    await databaseWith("kept");
    const file = join(cwd, "bad.tar.gz");
    const restoring = () => restore({ url: URL, file, cwd, force: true, now: NOW });
    await expect(restoring()).rejects.toThrow(/cannot be read/);
    writeFileSync(file, Buffer.from([0x1f, 0x8b, 1, 2, 3]));
    await expect(restoring()).rejects.toThrow(/no whole gzip file/);
    writeFileSync(file, "nothing of ours");
    await expect(restoring()).rejects.toThrow(/cannot be restored, and nothing was changed/);
    expect(await contains("kept")).toBe(true);
  });

  test("while a process has the database, both name it", async () => {
    await databaseWith("busy");
    const store = await open();
    const file = join(cwd, "busy.tar.gz");
    const refused = new RegExp(`process ${process.pid}[^]*newest hourly snapshot`);
    await expect(backup({ url: URL, file, cwd })).rejects.toThrow(refused);
    writeFileSync(file, "x");
    const restoring = restore({ url: URL, file, cwd, force: true, now: NOW });
    await expect(restoring).rejects.toThrow(`process ${process.pid}`);
    await store.close();
  });

  test("nothing to back up, a file that is there, and PostgreSQL are each told so", async () => {
    const file = join(cwd, "x.tar.gz");
    await expect(backup({ url: URL, file, cwd })).rejects.toThrow(/nothing to back up/);
    mkdirSync(join(cwd, "data"));
    writeFileSync(file, "");
    await expect(backup({ url: URL, file, cwd })).rejects.toThrow(/there already/);
    const postgres = { url: "postgres://u:secret@h/d", file, cwd };
    await expect(backup(postgres)).rejects.toThrow(/pg_dump --format=custom/);
    await expect(restore({ ...postgres, force: true, now: NOW })).rejects.toThrow(/pg_restore/);
  });
});

describe("upkeep", { timeout: 60_000 }, () => {
  test("a round checkpoints, vacuums, and writes a snapshot when the newest is an hour old", async () => {
    await databaseWith("kept-up");
    const snapshots = join(cwd, "snapshots");
    const store = await open();
    const client = (store.db as never as { $client: Parameters<typeof keepUp>[0] }).$client;
    await keepUp(client, snapshots, NOW);
    await keepUp(client, snapshots, NOW + 59 * 60_000);
    expect(readdirSync(snapshots)).toEqual(["20260101T120000Z.tar.gz"]);
    await keepUp(client, snapshots, NOW + 60 * 60_000);
    expect(await newestSnapshotAt(snapshots)).toBe(NOW + 60 * 60_000);
    const { rows } = await client.query(
      "select last_vacuum is not null as done from pg_stat_user_tables where relname = 'slo_status'",
    );
    expect(rows).toEqual([{ done: true }]);
    await store.close();
    const file = join(snapshots, "20260101T130000Z.tar.gz");
    await restore({ url: URL, file, cwd, force: true, now: NOW });
    expect(await contains("kept-up")).toBe(true);
  });

  test("snapshots older than the newest 24 go", async () => {
    const folder = join(cwd, "many");
    for (let i = 0; i < 30; i++)
      await writeSnapshot(folder, new Uint8Array(9), NOW + i * 3_600_000);
    expect(readdirSync(folder)).toHaveLength(24);
    expect(await newestSnapshotAt(folder)).toBe(NOW + 29 * 3_600_000);
  });
});

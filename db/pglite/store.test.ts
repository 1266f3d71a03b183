import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from "vitest";
import { openStore, type Store } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { KEYS, START } from "#db/pglite/endlessWriter.ts";
import { readProgress } from "#db/reads/progress.ts";
import { readTotals } from "#db/reads/totals.ts";
import { testStore } from "#db/testing.ts";
import { MINUTE } from "#lib/time/duration.ts";

describe("one connection", () => {
  let store: Store;
  beforeAll(async () => {
    store = await testStore();
    await store.db.execute(sql`create table turns (n int)`);
  });
  afterAll(() => store.close());

  test("using db inside its own transaction is an error that says so, and the transaction can go on", async () => {
    await store.db.transaction(async (tx) => {
      const misuse = Promise.resolve(store.db.execute(sql`select 1`));
      const cause = await misuse.catch((error: Error) => error.cause);
      expect(String(cause)).toMatch(/inside its own transaction: pass the transaction/);
      await expect(store.db.transaction(async () => {})).rejects.toThrow(
        /inside its own transaction/,
      );
      await tx.execute(sql`select 1`);
    });
  });

  test("what a transaction started may use db once it has ended", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let later: Promise<unknown> = promise;
    await store.db.transaction(async () => {
      later = promise.then(() => store.db.execute(sql`select 1 as one`));
    });
    resolve();
    await expect(later).resolves.toMatchObject({ rows: [{ one: 1 }] });
  });

  test("statements wait while a transaction runs, and see what it committed", async () => {
    const order: string[] = [];
    const transaction = store.db.transaction(async (tx) => {
      await tx.execute(sql`insert into turns values (1)`);
      order.push("in");
      await tx.execute(sql`insert into turns values (2)`);
      order.push("out");
    });
    const outside = store.db.execute(sql`select count(*) as n from turns`).then((result) => {
      order.push("after");
      return result;
    });
    await transaction;
    expect(await outside).toMatchObject({ rows: [{ n: 2 }] });
    expect(order).toEqual(["in", "out", "after"]);
  });

  test("a transaction that fails leaves nothing, and the next one works", async () => {
    const failing = store.db.transaction(async (tx) => {
      await tx.execute(sql`insert into turns values (99)`);
      await tx.execute(sql`select nonsense`);
    });
    await expect(failing).rejects.toThrow(/nonsense/);
    const { rows } = (await store.db.execute(sql`select * from turns where n = 99`)) as {
      rows: [];
    };
    expect(rows).toEqual([]);
  });

  test("an error keeps PostgreSQL's code across the thread", async () => {
    const failing = Promise.resolve(store.db.execute(sql`select * from nowhere`));
    const cause = await failing.catch((error: Error) => error.cause);
    expect(cause).toMatchObject({ code: "42P01", message: expect.stringContaining("nowhere") });
  });

  test("bigints are numbers, and dates are text for drizzle", async () => {
    const { rows } = (await store.db.execute(
      sql`select 1767225600000::bigint as ms, '2026-01-01 00:00:00+00'::timestamptz as at, array[1, 2]::bigint[] as list`,
    )) as { rows: unknown[] };
    expect(rows).toEqual([{ ms: 1_767_225_600_000, at: "2026-01-01 00:00:00+00", list: [1, 2] }]);
  });

  test("jobs run on it: sent inside a transaction, and not when that is rolled back", async () => {
    const boss = new PgBoss({ ...store.boss, schema: "pgboss" });
    onTestFinished(() => boss.stop({ graceful: false }));
    await boss.start();
    await boss.createQueue("work");
    // The first send looks the queue up with its own connection, which a transaction would keep waiting.
    await boss.send("work", { first: true });
    const send = (tx: Parameters<typeof fromDrizzle>[0], data: object) =>
      boss.send("work", data, { db: fromDrizzle(tx, sql as never) });
    await store.db.transaction(async (tx) => void (await send(tx as never, { kept: true })));
    const lost = store.db.transaction(async (tx) => {
      await send(tx as never, { kept: false });
      throw new Error("changed my mind");
    });
    await expect(lost).rejects.toThrow("changed my mind");
    const sent = (await boss.fetch("work", { batchSize: 9 })).map(({ data }) => data);
    expect(new Set(sent)).toEqual(new Set([{ first: true }, { kept: true }]));
  });
});

describe("a folder of one process", () => {
  let template: Uint8Array | undefined;
  beforeAll(async () => {
    const store = await testStore();
    template = await store.dump?.();
    await store.close();
  });
  let folder: string;
  let children: ChildProcess[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "plimsoll-store-"));
    children = [];
  });
  afterEach(() => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  const url = () => `pglite://${join(folder, "data")}`;
  const lockFile = () => join(folder, "data.lock");

  /** A migrated database in the folder, quickly. */
  const prepare = async () => (await openStore(url(), { from: template })).close();

  /** Starts a process that writes from minute `first` on; resolves once it has saved `count` of them. */
  async function startWriter(first: number, count: number) {
    const script = join(import.meta.dirname, "endlessWriter.ts");
    const child = spawn(process.execPath, [script, url(), String(first)]);
    children.push(child);
    let said = "";
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    const saved = () => Number(said.trimEnd().split("\n").at(-1) || first);
    await new Promise<void>((resolve, reject) => {
      child.once("exit", () => reject(new Error(`the writer ended: ${errors}`)));
      child.stdout.on("data", (chunk) => {
        said += chunk;
        if (saved() >= first + count) resolve();
      });
    });
    return { child, saved };
  }

  test("killed at any time, it holds whole batches, and every one that was acknowledged", {
    timeout: 120_000,
  }, async () => {
    await prepare();
    let head = 0;
    for (const count of [1, 23, 5, 40, 11]) {
      const { child, saved } = await startWriter(head, count);
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
      const store = await openStore(url());
      const progress = await readProgress(store.db, "endless");
      const heads = new Set(progress.map(({ headAt }) => ((headAt ?? 0) - START) / MINUTE));
      expect(progress).toHaveLength(KEYS.length);
      expect(heads.size).toBe(1);
      [head = 0] = heads;
      expect(head).toBeGreaterThanOrEqual(saved());
      for (const [i, { sliId }] of progress.entries()) {
        const rows = await readTotals(store.db, sliId, START, START + head * MINUTE);
        expect(rows).toHaveLength(head + 1);
        expect(rows.at(-1)).toMatchObject({ total: head * (i + 1), covered: head });
      }
      await store.close();
    }
  });

  test("a second process is refused with its holder's pid and what to do", async () => {
    await prepare();
    const { child } = await startWriter(0, 1);
    await expect(openStore(url())).rejects.toThrow(
      new RegExp(`in use by process ${child.pid}.*Stop that process first`),
    );
  });

  test("a folder that is no database is refused with a sentence, and left unlocked", async () => {
    writeFileSync(join(folder, "data"), "not a folder");
    await expect(openStore(url())).rejects.toThrow(/cannot be opened/);
    expect(existsSync(lockFile())).toBe(false);
  });

  test("what is written is there when it is opened again", async () => {
    await prepare();
    const store = await openStore(url());
    await store.db.execute(sql`create table kept as select 42 as n`);
    await store.close();
    const again = await openStore(url());
    expect(await migrate(again)).toEqual([]);
    expect(await again.db.execute(sql`select n from kept`)).toMatchObject({ rows: [{ n: 42 }] });
    await again.close();
  });
});

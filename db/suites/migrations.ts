import { describe, expect, test } from "vitest";
import { migrate, readMigrations } from "#db/migrate.ts";
import type { Bench } from "#db/suites/suite.ts";

const NEXT = { name: "99990101000000_next", sql: "create table next_one (id int)" };
const BROKEN = {
  name: "99990102000000_broken",
  sql: "create table half (id int); select nonsense",
};

async function tablesOf(store: Awaited<ReturnType<Bench["empty"]>>) {
  const { rows } = await store.session((session) =>
    session.query("select tablename from pg_tables where schemaname = 'public' order by 1"),
  );
  return rows.map(({ tablename }) => tablename);
}

export function migrationsSuite(bench: Bench): void {
  describe("migrations", () => {
    test("all apply from empty, in order, once", async () => {
      const store = await bench.empty();
      const names = readMigrations().map(({ name }) => name);
      expect(await migrate(store)).toEqual(names);
      expect(await migrate(store)).toEqual([]);
      expect(await tablesOf(store)).toEqual(expect.arrayContaining(["sli_totals", "slo_status"]));
      await store.close();
    });

    test("one that fails changes nothing, and says which", async () => {
      const store = await bench.empty();
      await migrate(store);
      const before = await tablesOf(store);
      await expect(migrate(store, [...readMigrations(), BROKEN])).rejects.toThrow(BROKEN.name);
      expect(await tablesOf(store)).toEqual(before);
      await store.close();
    });

    test("a database that a newer program wrote is refused", async () => {
      const store = await bench.empty();
      await migrate(store, [...readMigrations(), NEXT]);
      await expect(migrate(store)).rejects.toThrow(/newer Plimsoll.*99990101000000_next/);
      await store.close();
    });

    test("processes that start together apply each once", async () => {
      const store = await bench.empty();
      const applied = await Promise.all([migrate(store), migrate(store), migrate(store)]);
      expect(applied.flat()).toEqual(readMigrations().map(({ name }) => name));
      await store.close();
    });
  });
}

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { readSlo, readVersions } from "#db/reads/slo.ts";
import { readDocuments } from "#db/reads/sources.ts";
import { testStore } from "#db/testing.ts";
import { emptyStore, plainDocument, scriptedSource, sumOf, TestJobs } from "#jobs/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 0, 10, 12);

describe("the folder of documents", () => {
  let store: Store;
  let jobs: TestJobs;
  beforeAll(async () => {
    store = await testStore();
  });
  afterAll(() => store?.close());
  beforeEach(async () => {
    await emptyStore(store);
    const main = scriptedSource("main", () => ({ good: 99, total: 100 }), DAY);
    jobs = await TestJobs.open({ now: NOW, sources: [main], store });
  });
  afterEach(() => jobs?.[Symbol.dispose]());

  const record = async (service: string, name: string) => readSlo(store.db, service, name);
  const known = async (service: string, name: string) => {
    const found = await record(service, name);
    if (found?.kind !== "slo") throw new Error(`${service}/${name} is ${found?.kind}`);
    return found;
  };

  test("an unchanged folder is not applied again, and neither is it after a restart anew", async () => {
    const text = plainDocument("shop", [{ name: "a" }]);
    expect(await jobs.write({ "shop.yaml": text })).toBe(true);
    expect(await jobs.write({ "shop.yaml": text })).toBe(false);
    jobs.restart();
    await jobs.write({ "shop.yaml": text });
    const { id, version } = await known("shop", "a");
    expect([version, (await readVersions(store.db, id)).length]).toEqual([1, 1]);
  });

  test("a broken edit leaves the last good version in force, over a restart too, and says why", async () => {
    await jobs.write({ "shop.yaml": plainDocument("shop", [{ name: "a" }, { name: "b" }]) });
    const broken = plainDocument("shop", [
      { name: "a", target: 99 },
      { name: "b", target: 0.95 },
    ]);
    await jobs.write({ "shop.yaml": broken });
    jobs.restart();
    await jobs.write({});
    expect((await known("shop", "a")).definition.objective).toBe(0.99);
    expect((await known("shop", "b")).definition.objective).toBe(0.95);
    const [finding] = (await known("shop", "a")).findings.filter((f) => f.severity === "error");
    expect(finding?.message).toMatch(/between 0 and 1/);
    await jobs.write({ "shop.yaml": broken.replace("99", "0.999") });
    expect((await known("shop", "a")).definition.objective).toBe(0.999);
  });

  test("a removed file retires its SLOs, whose history stays; putting it back goes on where it was", async () => {
    const text = plainDocument("shop", [{ name: "a" }]);
    const other = plainDocument("other", [{ name: "a" }]);
    await jobs.write({ "shop.yaml": text, "other.yaml": other });
    await jobs.tick();
    const { id } = await known("shop", "a");
    jobs.now += HOUR;
    await jobs.remove("shop.yaml");
    expect(await known("shop", "a")).toMatchObject({ id, retiredAt: jobs.now });
    expect((await readDocuments(store.db)).map(({ path }) => path)).not.toContain("shop.yaml");
    await jobs.minutes(1);
    expect((await known("shop", "a")).status?.asOf).toBe(iso(NOW - MINUTE));
    jobs.now += HOUR;
    await jobs.write({ "shop.yaml": text });
    await jobs.minutes(1);
    const back = await known("shop", "a");
    expect(back).toMatchObject({ id, retiredAt: null, version: 1 });
    expect(back.status?.asOf).toBe(iso(jobs.now - MINUTE));
    const { good, total, covered } = sumOf(await jobs.counts("a"));
    expect([good, total]).toEqual([99 * covered, 100 * covered]);
    expect(covered).toBe((jobs.now - MINUTE - (NOW - DAY)) / MINUTE);
  });

  test("where every file is gone at once nothing is retired, and each says so", async () => {
    await jobs.write({ "shop.yaml": plainDocument("shop", [{ name: "a" }]) });
    await jobs.remove("shop.yaml");
    expect(await known("shop", "a")).toMatchObject({
      retiredAt: null,
      findings: [{ code: "all-gone", severity: "error" }],
    });
    await jobs.write({ "shop.yaml": plainDocument("shop", [{ name: "b" }]) });
    expect((await known("shop", "a")).retiredAt).toBe(jobs.now);
  });

  test("a rename by `formerly` keeps numbers and history, and the old name leads to the new one", async () => {
    await jobs.write({ "shop.yaml": plainDocument("shop", [{ name: "a" }]) });
    await jobs.tick();
    const before = await known("shop", "a");
    await jobs.write({
      "shop.yaml": plainDocument("store", [{ name: "b", formerly: ["shop/a"] }]),
    });
    await jobs.minutes(1);
    const after = await known("store", "b");
    expect([after.id, after.sliId]).toEqual([before.id, before.sliId]);
    expect(after.status?.total).toBe((before.status?.total ?? 0) + 100);
    expect(await record("shop", "a")).toEqual({ kind: "moved", service: "store", name: "b" });
  });

  test("a rename in a file with a mistake is one all the same", async () => {
    const [a, b] = [{ name: "a" }, { name: "b" }];
    await jobs.write({ "shop.yaml": plainDocument("shop", [a, b]) });
    const { id } = await known("shop", "a");
    const renamed = { name: "a2", formerly: ["shop/a"] };
    await jobs.write({ "shop.yaml": plainDocument("shop", [renamed, { ...b, target: 7 }]) });
    await jobs.write({ "shop.yaml": plainDocument("shop", [renamed, b]) });
    expect((await known("shop", "a2")).id).toBe(id);
  });

  test("a name that a second file claims stays with the first, and both files say so", async () => {
    await jobs.write({ "1.yaml": plainDocument("shop", [{ name: "a" }]) });
    await jobs.write({ "0.yaml": plainDocument("shop", [{ name: "a", target: 0.5 }]) });
    expect((await known("shop", "a")).definition.objective).toBe(0.99);
    const codes = (await readDocuments(store.db)).flatMap((d) => d.findings.map((f) => f.code));
    expect(codes).toEqual(["duplicate-name", "duplicate-name"]);
  });

  test("an SLO of a source that nobody configured is a finding, and Unknown", async () => {
    await jobs.write({ "1.yaml": plainDocument("shop", [{ name: "a", datasource: "elsewhere" }]) });
    const [finding] = (await known("shop", "a")).findings;
    expect(finding).toMatchObject({ severity: "lint", code: "unknown-datasource" });
    expect(finding?.message).toMatch(/the configuration has main/);
  });
});

function iso(at: number): string {
  return new Date(at).toISOString();
}

import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { readCatalog, readGoodDocuments } from "#db/reads/catalog.ts";
import { readDefinitionAt, readSlo, readVersions } from "#db/reads/slo.ts";
import { documents, slos, sloVersions } from "#db/schema/index.ts";
import { inForce, T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import type { DocumentRow } from "#db/writes/documents.ts";
import type { SloInForce } from "#db/writes/match.ts";
import type { Finding } from "#lib/spec/model.ts";

const FILE = "slos/checkout.yaml";
const DAY = 86_400_000;

const FINDING: Finding = {
  severity: "error",
  code: "target-range",
  message: "target must be between 0 and 100",
  file: FILE,
  line: 3,
  column: 5,
  path: "slos[0].target",
};

function document(of: Partial<DocumentRow> = {}): DocumentRow {
  return { path: FILE, hash: "1", dialect: "plain", findings: [], goodContent: "text", ...of };
}

export function catalogSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const apply = (of: readonly SloInForce[], now: number) =>
    applyCatalog(db(), { documents: [document()], slos: of, now });
  const slo = async (name: string) => {
    const found = await readSlo(db(), "checkout", name);
    if (found?.kind !== "slo") throw new Error(`${name} is ${found?.kind}`);
    return found;
  };

  describe("the catalog", () => {
    test("applied twice is as applied once", async () => {
      await apply([inForce({ name: "availability" })], T0);
      const first = await slo("availability");
      await apply([inForce({ name: "availability" })], T0 + DAY);
      expect(await slo("availability")).toEqual(first);
      expect(await readVersions(db(), first.id)).toHaveLength(1);
    });

    test("a changed objective is a new version of the same SLI, and the old one can be had by time", async () => {
      await apply([inForce({ name: "availability" })], T0);
      const before = await slo("availability");
      await apply([inForce({ name: "availability", objective: 0.999 })], T0 + DAY);
      const after = await slo("availability");
      expect([after.id, after.sliId, after.version]).toEqual([
        before.id,
        before.sliId,
        before.version + 1,
      ]);
      const objectiveAt = async (at: number) =>
        (await readDefinitionAt(db(), after.id, at))?.definition.objective;
      expect(await objectiveAt(T0 - DAY)).toBe(0.99);
      expect(await objectiveAt(T0 + DAY - 1)).toBe(0.99);
      expect(await objectiveAt(T0 + DAY)).toBe(0.999);
    });

    test("a changed query starts a new SLI and keeps the SLO", async () => {
      await apply([inForce({ name: "availability" })], T0);
      const before = await slo("availability");
      const sli = { kind: "events", counts: "bad", numerator: "other", total: "all" } as const;
      await apply([inForce({ name: "availability", sli })], T0 + 2 * DAY);
      const after = await slo("availability");
      expect(after.id).toBe(before.id);
      expect(after.sliId).not.toBe(before.sliId);
    });

    test("a renamed SLO keeps its id, and its old name leads to it", async () => {
      await apply([inForce({ name: "old" })], T0);
      const before = await slo("old");
      const renamed = inForce({ name: "new", formerly: ["checkout/old"] });
      await apply([renamed], T0 + DAY);
      await apply([renamed], T0 + 2 * DAY);
      expect((await slo("new")).id).toBe(before.id);
      expect(await readSlo(db(), "checkout", "old")).toEqual({
        kind: "moved",
        service: "checkout",
        name: "new",
      });
      expect(await readSlo(db(), "checkout", "never")).toBeNull();
    });

    test("a former name leads to an SLO that was never stored under it", async () => {
      await apply([inForce({ name: "fresh", formerly: ["shop/ancient"] })], T0);
      expect(await readSlo(db(), "shop", "ancient")).toMatchObject({
        kind: "moved",
        name: "fresh",
      });
    });

    test("an SLO whose document is taken away is retired, and comes back with its history", async () => {
      await apply([inForce({ name: "here" }), inForce({ name: "there" })], T0);
      const before = await slo("there");
      await apply([inForce({ name: "here" })], T0 + DAY);
      expect((await slo("there")).retiredAt).toBe(T0 + DAY);
      const names = (await readCatalog(db())).map(({ name }) => name);
      expect(names).toContain("here");
      expect(names).not.toContain("there");
      await apply([inForce({ name: "here" }), inForce({ name: "there" })], T0 + 2 * DAY);
      expect(await slo("there")).toMatchObject({ id: before.id, version: 1, retiredAt: null });
    });

    test("a file that cannot be read retires nothing", async () => {
      await apply([inForce({ name: "kept" })], T0);
      const unreadable = [{ ...FINDING, code: "unreadable", message: "cannot be read" }];
      await applyCatalog(db(), { documents: [], unreadable, slos: [], now: T0 + DAY });
      expect(await slo("kept")).toMatchObject({ retiredAt: null, findings: unreadable });
    });

    test("a document with an error keeps its last good text and shows the finding", async () => {
      await apply([inForce({ name: "kept" })], T0);
      const broken = document({ hash: "2", findings: [FINDING], goodContent: null });
      await applyCatalog(db(), {
        documents: [broken],
        slos: [inForce({ name: "kept" })],
        now: T0 + DAY,
      });
      expect((await readGoodDocuments(db())).get(FILE)).toBe("text");
      expect((await slo("kept")).findings).toEqual([FINDING]);
      const [row] = await db().select().from(documents).where(eq(documents.path, FILE));
      expect(row).toMatchObject({
        contentHash: "2",
        goodAt: T0,
        seenAt: T0 + DAY,
        removedAt: null,
      });
    });

    test("a document that is gone is marked, and its text is in force no more", async () => {
      await apply([], T0);
      await applyCatalog(db(), { documents: [], slos: [], now: T0 + DAY });
      expect((await readGoodDocuments(db())).has(FILE)).toBe(false);
    });

    test("two thousand SLOs are one catalog", async () => {
      const many = Array.from({ length: 2000 }, (_, i) =>
        inForce({ name: `many-${i}`, service: "many" }),
      );
      await apply(many, T0);
      const found = (await readCatalog(db(), { source: "main" })).filter(
        (s) => s.service === "many",
      );
      expect(found).toHaveLength(2000);
      await apply([], T0 + DAY);
      expect(await db().$count(slos, eq(slos.retiredAt, T0 + DAY))).toBeGreaterThanOrEqual(2000);
      expect(await db().$count(sloVersions)).toBeGreaterThanOrEqual(2000);
    });
  });
}

import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { readDocumentRepositories, readDocumentRevisions } from "#db/reads/documentRepositories.ts";
import { readSlo, readVersions } from "#db/reads/slo.ts";
import { documents } from "#db/schema/index.ts";
import { inForce, T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import {
  forgetRepositories,
  type RepositoryRead,
  saveRepositories,
} from "#db/writes/documentRepositories.ts";

const NAME = "acme/fetched";
const PATH = `${NAME}:slos/a.yaml`;
const PAGE = "https://github.example/acme/fetched/blob/c1/slos/a.yaml";

const READ: RepositoryRead = {
  name: NAME,
  repositoryId: "R_1",
  url: "https://github.example/acme/fetched",
  commit: "c1",
  trees: { slos: "t1" },
  files: [{ path: "slos/a.yaml", oid: "o1", text: "text", problem: null, commit: "c1" }],
};

export function documentRepositoriesSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const save = (of: Partial<Parameters<typeof saveRepositories>[1]>, now = T0) =>
    saveRepositories(db(), { read: [], failed: [], configured: null, ...of }, now);
  const row = async (name = NAME) =>
    (await readDocumentRepositories(db())).find((each) => each.name === name);
  const revision = async () => (await readDocumentRevisions(db())).get(NAME);

  describe("repositories with SLO documents", () => {
    beforeEach(() => forgetRepositories(db(), []));

    test("that could not be read keep what they said, and since when the error is there", async () => {
      await save({ read: [READ] });
      const well = await revision();
      await save({ failed: [{ name: NAME, message: "gone" }] }, T0 + 1);
      await save({ failed: [{ name: NAME, message: "still gone" }] }, T0 + 2);
      expect(await row()).toMatchObject({
        ...READ,
        ...{ error: "still gone", errorSince: T0 + 1, checkedAt: T0 },
      });
      expect(await revision()).not.toBe(well);
      await save({ read: [READ] }, T0 + 3);
      expect(await row()).toMatchObject({ error: null, errorSince: null, checkedAt: T0 + 3 });
      expect(await revision()).toBe(well);
    });

    test("are another revision with another text or page, and the same with another commit alone", async () => {
      await save({ read: [READ] });
      const first = await revision();
      await save({ read: [{ ...READ, commit: "c2" }] });
      expect(await revision()).toBe(first);
      await save({ read: [{ ...READ, url: "https://github.example/acme/other" }] });
      expect(await revision()).not.toBe(first);
      const files = READ.files.map((file) => ({ ...file, oid: "o2" }));
      await save({ read: [{ ...READ, files }] });
      expect(await revision()).not.toBe(first);
    });

    test("are given up only by a run that got through", async () => {
      await save({ read: [READ] });
      await save({ read: [{ ...READ, name: "acme/second" }] });
      expect(await row()).toBeDefined();
      await save({ failed: [{ name: "acme/third", message: "gone" }], configured: ["acme/third"] });
      expect((await readDocumentRepositories(db())).map(({ name }) => name)).toEqual([
        "acme/third",
      ]);
    });

    test("give each definition the commit and the page that it was read at", async () => {
      const origin = { commit: "c1", url: `${PAGE}#L3` };
      const slo = { ...inForce({ name: "fetched" }), path: PATH };
      const document = { path: PATH, hash: "o1", dialect: "plain", findings: [], goodContent: "" };
      const urls = new Map([[PATH, PAGE]]);
      const apply = (of: typeof slo, now: number) =>
        applyCatalog(db(), { documents: [document], urls, slos: [{ ...of, origin }], now });
      await apply(slo, T0);
      const later = { ...slo.definition, objective: 0.9 };
      await apply({ ...slo, definition: later }, T0 + 1);
      const found = await readSlo(db(), "checkout", "fetched");
      if (found?.kind !== "slo") throw new Error("not stored");
      expect(await readVersions(db(), found.id)).toMatchObject([origin, origin]);
      const [stored] = await db().select().from(documents).where(eq(documents.path, PATH));
      expect(stored?.url).toBe(PAGE);
    });

    test("that were read again meanwhile are not undone by what was read before", async () => {
      await save({ read: [READ] });
      const revisions = await readDocumentRevisions(db());
      const slos = [inForce({ name: "late" })];
      const input = { documents: [], slos, revisions, now: T0 };
      await save({ read: [{ ...READ, files: [] }] });
      expect(await applyCatalog(db(), input)).toBe(false);
      expect(await readSlo(db(), "checkout", "late")).toBeNull();
      const newer = await readDocumentRevisions(db());
      expect(await applyCatalog(db(), { ...input, revisions: newer })).toBe(true);
      expect(await readSlo(db(), "checkout", "late")).toMatchObject({ kind: "slo" });
    });
  });
}

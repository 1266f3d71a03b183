import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEditorStart } from "#app/_data/editor/start.ts";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import type { Store } from "#db/connection.ts";
import { testStore } from "#db/testing.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { type Catalog, catalogInForce } from "#jobs/documents.ts";
import { type Actor, LOCAL } from "#lib/access/actor.ts";
import { TEMPLATES } from "#lib/editor/templates.ts";
import { countedSli } from "#lib/spec/counted.ts";
import { sliKey } from "#lib/spec/identity.ts";
import { sourceAt } from "../../../e2e/servers/source.ts";

const PLAIN = `${TEMPLATES.plain}    formerly: [checkout/old]\n`;
/** An SLO that its document loses later. */
const DROPPED = TEMPLATES.plain
  .slice(TEMPLATES.plain.indexOf("  - name"))
  .replace("availability", "dropped");
const FILES = {
  "slos/checkout.yaml": `${PLAIN}${DROPPED}`,
  "slos/broken.yaml": TEMPLATES.sloth.replace("service: checkout", "service: broken"),
  "slos/gone.yaml": TEMPLATES.plain.replace("service: checkout", "service: gone"),
  "slos/openslo.yaml": TEMPLATES.openslo.replace("service: checkout", "service: opened"),
  "slos/source.yaml":
    "apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: shared }\nspec: { type: Prometheus, connectionDetails: {} }\n",
};
const VIEWER: Actor = {
  ...{ kind: "person", id: "1", name: "Vera", email: "v@example.org" },
  ...{ admin: false, editorOf: [] },
};

let store: Store;
beforeAll(async () => {
  store = await testStore();
  serveFrom(store, { prometheus: [sourceAt("http://127.0.0.1:1", { name: "main" })] });
  await apply(FILES, new Map(), 1);
  const { "slos/gone.yaml": _, ...rest } = FILES;
  const later = {
    ...rest,
    "slos/checkout.yaml": PLAIN,
    "slos/broken.yaml": "service: broken\nslos: [",
  };
  await apply(later, new Map(Object.entries(FILES)), 2);
});
afterAll(async () => {
  release();
  await store.close();
});

async function apply(files: Record<string, string>, good: Map<string, string>, now: number) {
  const given = Object.entries(files).map(([file, text]) => ({ file, text, hash: text }));
  const catalog: Catalog = catalogInForce(given, good);
  const slos = catalog.slos.map(({ definition, place }) => {
    const key = sliKey(countedSli(definition), "main");
    return { definition, path: place.file, source: "main", sliKey: key };
  });
  await applyCatalog(store.db, { documents: catalog.documents, slos, now });
}

const start = (query: string, actor: Actor = LOCAL) =>
  readEditorStart(store.db, { actor, address: new URLSearchParams(query) });

describe("the editor begins", () => {
  test("with an example where nothing is asked for", async () => {
    expect(await start("")).toMatchObject({
      ...{ dialect: "plain", opened: null, slo: null, unknown: null },
      ...{ sources: ["main"], mayAsk: true },
    });
    expect((await start("dialect=pyrra")).dialect).toBe("pyrra");
    expect((await start("dialect=other")).dialect).toBe("plain");
  });

  test.each(["checkout/availability", "checkout/old"])("with the document of %s", async (slo) => {
    expect(await start(`slo=${slo}`)).toMatchObject({
      opened: { path: "slos/checkout.yaml", text: PLAIN, broken: false },
      slo: "checkout/availability",
    });
  });

  test("with the text in force where the newest is broken, and says so", async () => {
    const { opened } = await start("slo=broken/availability");
    expect(opened).toEqual({
      path: "slos/broken.yaml",
      text: FILES["slos/broken.yaml"],
      broken: true,
    });
  });

  test.each(["gone/availability", "checkout/dropped", "no/such", "no", "/", "a/b/c", "\0/x"])(
    "anew where there is no SLO in force: %j",
    async (slo) => {
      const asked = await start(new URLSearchParams({ slo }).toString());
      expect([asked.opened, asked.slo, asked.unknown]).toEqual([null, null, slo]);
    },
  );

  test("with the documents that a text may refer to, but not with what it replaces", async () => {
    const files = async (query: string) => (await start(query)).beside.map(({ file }) => file);
    expect((await files("")).sort()).toEqual(["slos/openslo.yaml", "slos/source.yaml"]);
    expect(await files("slo=opened/availability")).toEqual(["slos/source.yaml"]);
  });

  test("without a way to the sources for those who only read", async () => {
    expect((await start("", VIEWER)).mayAsk).toBe(false);
  });
});

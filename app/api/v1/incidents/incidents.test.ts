import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import { GET, POST } from "#app/api/v1/incidents/route.ts";
import { incident, incidentPage } from "#app/api/v1/incidents/schema.ts";
import { failure } from "#app/api/v1/schemas.ts";
import { ask, owning } from "#app/api/v1/testing.ts";
import { withToken } from "#app/api/webhooks/testing.ts";
import type { Store } from "#db/connection.ts";
import { readDeliveryFacts } from "#db/reads/delivery.ts";
import { audit, deployments, incidentNotes, incidents } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { saveDeployments } from "#db/writes/delivery.ts";
import { deployed } from "#lib/dora/testing.ts";

const GOOD = {
  id: "INC-7",
  service: "checkout",
  title: "Payments fail",
  severity: "SEV1",
  startedAt: "2026-01-05T10:00:00.000Z",
};
const RESOLVED = "2026-01-05T11:00:00.000Z";

let store: Store;
let ci: Readonly<Record<string, string>>;

beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  ci = await withToken(store, { scopes: ["ingest", "read"], team: "shop" });
});
beforeEach(() => serveFrom(store, { delivery: owning({ checkout: "shop", mail: "ops" }) }));
afterEach(async () => {
  for (const table of [incidents, incidentNotes]) await store.db.delete(table);
});
afterAll(async () => {
  release();
  await store.close();
});

const post = (body: unknown) => ask(POST, ci, { body });
const list = async (query = "") =>
  incidentPage.parse((await ask(GET, ci, { query })).answer).incidents;
const kinds = async () =>
  (await store.db.select().from(incidentNotes).orderBy(incidentNotes.id)).map(({ kind }) => kind);

describe("handing in an incident", () => {
  test("answers 201 with what is known of it, and 200 when it is told again", async () => {
    const first = await post(GOOD);
    expect(first.status).toBe(201);
    expect(incident.parse(first.answer)).toEqual({
      ...GOOD,
      id: "api:checkout:INC-7",
      detectedAt: null,
      mitigatedAt: null,
      resolvedAt: null,
      origin: "api",
      url: null,
      class: null,
    });
    const before = (await store.db.select().from(audit)).length;
    expect(await post(GOOD)).toEqual({ ...first, status: 200 });
    expect((await store.db.select().from(audit)).length).toBe(before);
    expect(await kinds()).toEqual(["opened"]);
  });

  test("later messages add what they say and leave the rest", async () => {
    await post({ ...GOOD, detectedAt: "2026-01-05T10:02:00Z" });
    await post({ id: GOOD.id, service: GOOD.service, resolvedAt: RESOLVED });
    expect(await list()).toMatchObject([
      {
        ...GOOD,
        id: "api:checkout:INC-7",
        detectedAt: "2026-01-05T10:02:00.000Z",
        resolvedAt: RESOLVED,
      },
    ]);
    await post({ ...GOOD, title: "All payments fail" });
    expect(await list()).toMatchObject([{ title: "All payments fail", resolvedAt: RESOLVED }]);
    await post({ id: GOOD.id, service: GOOD.service, resolvedAt: null });
    expect((await list())[0]?.resolvedAt).toBeNull();
    expect(await kinds()).toEqual(["opened", "resolved", "reopened"]);
  });

  test("a late first word does not open it again", async () => {
    await post({ ...GOOD, resolvedAt: RESOLVED });
    await post(GOOD);
    expect((await list())[0]?.resolvedAt).toBe(RESOLVED);
  });

  test("ties it to the deployment or commit that caused it", async () => {
    await post({ ...GOOD, deploymentId: "run-1", sha: "DC16C5B" });
    await post({ ...GOOD, id: "2", deploymentId: "github:checkout:D_1" });
    const { incidents: facts } = await readDeliveryFacts(store.db);
    expect(facts.map(({ links }) => links)).toEqual([
      [
        { method: "explicit", deploymentId: "api:checkout:run-1" },
        { method: "explicit", sha: "dc16c5b" },
      ],
      [{ method: "explicit", deploymentId: "github:checkout:D_1" }],
    ]);
    await post(GOOD);
    expect((await readDeliveryFacts(store.db)).incidents).toEqual(facts);
  });

  test("ties it to the version that caused it, and says what kind it was", async () => {
    await post({ ...GOOD, version: "v1.4.0", class: "release" });
    const { incidents: facts } = await readDeliveryFacts(store.db);
    expect(facts[0]?.links).toEqual([{ method: "explicit", sha: "v1.4.0" }]);
    expect((await list())[0]).toMatchObject({ class: "release" });
    await post({ ...GOOD, class: null });
    expect((await list())[0]).toMatchObject({ class: null });
  });

  test("blames a deployment of another service only with leave to tell of that one", async () => {
    const records = ["checkout", "mail"].map((service) =>
      deployed(`api:${service}:run-1`, 1, { service }),
    );
    await saveDeployments(store.db, records);
    expect((await post({ ...GOOD, deploymentId: "api:mail:run-1" })).status).toBe(403);
    expect((await post({ ...GOOD, deploymentId: "api:mail:later" })).status).toBe(422);
    expect(await list()).toEqual([]);
    expect((await post({ ...GOOD, deploymentId: "run-1" })).status).toBe(201);
    await store.db.delete(deployments);
  });

  test("keeps what was handed in apart from what a person makes of it", async () => {
    await post({ ...GOOD, class: "data" });
    const byHand = { severity: "SEV3", byHand: ["severity"] } as const;
    await store.db.update(incidents).set({ ...byHand, byHand: [...byHand.byHand] });
    await post({ id: GOOD.id, service: GOOD.service, resolvedAt: RESOLVED });
    const [row] = await store.db.select().from(incidents);
    expect(row).toMatchObject({
      severity: "SEV3",
      told: { severity: "SEV1" },
      byHand: ["severity"],
    });
  });

  test("does not write over what a person has set", async () => {
    await post(GOOD);
    await store.db.update(incidents).set({ severity: "SEV3", byHand: ["severity"] });
    await post({ ...GOOD, title: "New" });
    expect(await list()).toMatchObject([{ title: "New", severity: "SEV3" }]);
  });

  test.each([
    ["no title the first time", { title: undefined }, "title"],
    ["no id", { id: undefined }, "id"],
    ["another severity", { severity: "P1" }, "severity"],
    ["an end before its start", { resolvedAt: "2026-01-05T09:00:00Z" }, "resolvedAt"],
    ["no word for when it began", { startedAt: null }, "startedAt"],
  ])("refuses %s and says where", async (_, wrong, field) => {
    const { status, answer } = await post({ ...GOOD, ...wrong });
    expect(status).toBe(422);
    expect(failure.parse(answer).error.details.map((d) => d.field)).toEqual([field]);
    expect(await list()).toEqual([]);
  });

  test("of another team's service is refused", async () => {
    expect((await post({ ...GOOD, service: "mail" })).status).toBe(403);
  });
});

test("the list is newest first, by service and start, and leaves out what was merged", async () => {
  for (const day of [1, 2, 3]) {
    await post({ ...GOOD, id: `${day}`, startedAt: `2026-01-0${day}T00:00:00Z` });
  }
  const ids = async (query: string) => (await list(query)).map(({ id }) => id.at(-1));
  expect(await ids("")).toEqual(["3", "2", "1"]);
  expect(await ids("?from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z")).toEqual(["2"]);
  await store.db.update(incidents).set({ mergedInto: "x" });
  expect(await ids("")).toEqual([]);
});

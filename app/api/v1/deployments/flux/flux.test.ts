import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import { POST } from "#app/api/v1/deployments/flux/route.ts";
import { ask, owning } from "#app/api/v1/testing.ts";
import { withToken } from "#app/api/webhooks/testing.ts";
import type { Store } from "#db/connection.ts";
import { readDeliveryFacts } from "#db/reads/delivery.ts";
import { deployments } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";

const SHA = "8daae3d5a1d2f8c0b1f3c4d5e6f708192a3b4c5d";
/** As notification-controller posts it. */
const EVENT = {
  involvedObject: {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    name: "checkout",
    namespace: "apps",
    uid: "7d0cdc51-ddcf-4743-b223-83ca5c699632",
  },
  severity: "info",
  timestamp: "2026-01-05T10:04:00Z",
  message: "Reconciliation finished in 1.2s, next run in 10m0s",
  reason: "ReconciliationSucceeded",
  metadata: { revision: `main@sha1:${SHA}` },
  reportingController: "kustomize-controller",
};

let store: Store;
let ci: Readonly<Record<string, string>>;

beforeAll(async () => {
  store = await testStore();
  serveFrom(store, { delivery: owning({ checkout: "shop", mail: "ops" }) });
  ci = await withToken(store, { scopes: ["ingest"], team: "shop" });
});
afterEach(() => store.db.delete(deployments));
afterAll(async () => {
  release();
  await store.close();
});

const post = (body: unknown, query = "?environment=production") => ask(POST, ci, { query, body });
const kept = async () => (await readDeliveryFacts(store.db)).records;

test("an event of a Git revision becomes a deployment, once", async () => {
  expect((await post(EVENT)).status).toBe(201);
  expect((await post(EVENT)).status).toBe(200);
  expect(await kept()).toMatchObject([
    {
      ...{ service: "checkout", environment: "production", sha: SHA, ref: "main", source: "api" },
      statuses: [{ state: "success", at: Date.parse(EVENT.timestamp) }],
    },
  ]);
});

test("the same revision at another time is another deployment: it may be a way back", async () => {
  await post(EVENT);
  await post({ ...EVENT, timestamp: "2026-01-06T10:04:00Z" });
  expect(await kept()).toHaveLength(2);
});

test.each([
  ["a chart", "UpgradeSucceeded", "6.5.4", { sha: null, ref: "6.5.4" }, "success"],
  ["a failure", "HealthCheckFailed", `main@sha1:${SHA}`, { sha: SHA }, "failure"],
])("%s is told by its reason and revision", async (_, reason, revision, version, state) => {
  await post({ ...EVENT, reason, metadata: { revision } });
  expect(await kept()).toMatchObject([{ ...version, statuses: [{ state }] }]);
});

test.each([
  [{ reason: "Progressing" }],
  [{ reason: "ArtifactUpToDate" }],
  [{ metadata: undefined }],
])("what tells of no deployment is forgotten: %j", async (over) => {
  expect(await post({ ...EVENT, ...over })).toEqual({
    status: 200,
    answer: { outcome: "ignored" },
  });
  expect(await kept()).toEqual([]);
});

test("the address names the environment, and may name the service", async () => {
  expect((await post(EVENT, "")).status).toBe(400);
  expect((await post(EVENT, "?environment=staging&service=mail")).status).toBe(403);
  expect((await post({ ...EVENT, timestamp: "soon" })).status).toBe(422);
  expect(await kept()).toEqual([]);
});

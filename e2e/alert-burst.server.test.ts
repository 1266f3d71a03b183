import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "#bench/truth/random.ts";
import { openStore } from "#db/client.ts";
import type { Store } from "#db/connection.ts";
import { migrate } from "#db/migrate.ts";
import { alerts, webhookDeliveries } from "#db/schema/index.ts";
import { inForce } from "#db/suites/definitions.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { storeDelivery } from "#db/writes/webhooks.ts";
import { MINUTE } from "#lib/time/duration.ts";
import type { AlertTask } from "./faults/alertWorker.ts";
import { startMortal } from "./faults/mortal.ts";
import { DONE, SAVED } from "./faults/worker.ts";
import { missingPostgres, type PostgresServer, startPostgres } from "./servers/postgres.ts";

const NOW = Date.UTC(2026, 0, 6);
const ALERTS = 10_000;
const PER_DELIVERY = 100;
const absent = missingPostgres();

interface Told {
  readonly n: number;
  readonly status: "firing" | "resolved";
}

/** Each alert fires, and every other one is over: told twice, in any order. */
function shuffled(): Told[] {
  const random = seededRandom(5);
  const once = Array.from({ length: ALERTS }, (_, n): Told[] =>
    n % 2 === 0
      ? [{ n, status: "firing" }]
      : [
          { n, status: "firing" },
          { n, status: "resolved" },
        ],
  ).flat();
  return [...once, ...once]
    .map((told) => ({ told, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ told }) => told);
}

const startOf = (n: number) => NOW - ALERTS * 1_000 + n * 1_000;

function alertOf({ n, status }: Told) {
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    ...{ status, fingerprint: `f${n % 5_000}`, annotations: {}, generatorURL: "" },
    labels: { alertname: "Burn", severity: "page", slo: "shop/up", n: String(n) },
    startsAt: iso(startOf(n)),
    endsAt: status === "resolved" ? iso(startOf(n) + MINUTE) : "0001-01-01T00:00:00Z",
  };
}

describe.skipIf(absent)(`a burst of alerts on PostgreSQL${absent ? ` (${absent})` : ""}`, () => {
  let server: PostgresServer;
  let store: Store;
  let databaseUrl: string;
  beforeAll(async () => {
    server = await startPostgres();
    databaseUrl = await server.createDatabase();
    store = await openStore(databaseUrl);
    await migrate(store);
    const slo = { ...inForce({ service: "shop", name: "up" }), path: "shop.yaml" };
    const document = { path: "shop.yaml", hash: "1", dialect: "plain", findings: [] } as const;
    await applyCatalog(store.db, {
      documents: [{ ...document, goodContent: "" }],
      slos: [slo],
      now: NOW,
    });
  });
  afterAll(async () => {
    await store?.close();
    await server?.stop();
  });

  test(`${ALERTS} of them, told twice and shuffled, by two workers of which one is killed: each once`, async () => {
    const told = shuffled();
    for (let i = 0; i < told.length; i += PER_DELIVERY) {
      const part = told.slice(i, i + PER_DELIVERY).map(alertOf);
      const body = JSON.stringify({ version: "4", status: "firing", alerts: part });
      const delivery = { deliveryId: String(i), event: "firing", body, receivedAt: NOW };
      await storeDelivery(store.db, { source: "alertmanager", ...delivery });
    }
    const task: AlertTask = { databaseUrl, now: NOW };
    const begun = performance.now();
    const doomed = startMortal("e2e/faults/alertWorker.ts", task);
    const other = startMortal("e2e/faults/alertWorker.ts", task);
    expect(await doomed.heard(SAVED, 8), doomed.lastWords()).toBe(true);
    await doomed.kill();
    expect(await other.heard(DONE), other.lastWords()).toBe(true);
    const last = startMortal("e2e/faults/alertWorker.ts", task);
    expect(await last.heard(DONE), last.lastWords()).toBe(true);
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
    console.info(`alerts: ${told.length} tellings of ${ALERTS} alerts in ${seconds} s`);
    const rows = await store.db.select().from(alerts);
    const open = rows.filter(({ endsAt }) => endsAt === null);
    expect([rows.length, open.length]).toEqual([ALERTS, ALERTS / 2]);
    expect(new Set(rows.map(({ labels }) => labels.n)).size).toBe(ALERTS);
    expect(rows.every(({ sloId, service }) => sloId !== null && service === "shop")).toBe(true);
    const deliveries = await store.db.select().from(webhookDeliveries);
    const undone = deliveries.filter((row) => row.processedAt === null || row.error !== null);
    expect(undone).toEqual([]);
  });
});

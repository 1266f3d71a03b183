import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openStore } from "#db/client.ts";
import type { Store } from "#db/connection.ts";
import { readDeliveries } from "#db/reads/webhooks.ts";
import { webhookDeliveries } from "#db/schema/index.ts";
import { type Product, startProduct, until } from "./product.ts";
import { missingAlertmanager, startAlertmanager } from "./servers/alertmanager.ts";
import { missingPostgres, type PostgresServer, startPostgres } from "./servers/postgres.ts";
import type { RunningServer } from "./servers/process.ts";

const absent = missingPostgres() ?? missingAlertmanager();
const made = z.object({ secret: z.string() });
const token = z.object({ token: z.string() });

describe.skipIf(absent)(`webhooks of the product${absent ? ` (${absent})` : ""}`, () => {
  let server: PostgresServer;
  let store: Store;
  let product: Product;
  let alertmanager: RunningServer | undefined;
  let start: () => Promise<Product>;
  let secret: string;

  beforeAll(async () => {
    server = await startPostgres();
    const database = await server.createDatabase();
    const env = {
      PLIMSOLL_DATABASE_URL: database,
      PLIMSOLL_SECRET: "a secret of thirty-two characters",
      PLIMSOLL_SLOS: "/nowhere/*.yaml",
    };
    start = () => startProduct(env);
    product = await start();
    store = await openStore(database);
    secret = made.parse(await change("/api/settings/webhooks/github/secrets")).secret;
  });
  afterAll(async () => {
    await alertmanager?.stop();
    await store?.close();
    await product?.stop();
    await server?.stop();
  });

  async function change(path: string, body?: object): Promise<unknown> {
    const headers = { origin: product.url, "content-type": "application/json" };
    const init = { method: "POST", headers, body: body && JSON.stringify(body) };
    const answer = await fetch(product.url + path, init);
    expect(answer.status).toBe(201);
    return answer.json();
  }

  const bodyOf = (id: number) => JSON.stringify({ deployment_status: { id, note: "läuft 🛶" } });
  async function deliver(body: string, signedWith = secret): Promise<number> {
    const signature = createHmac("sha256", signedWith).update(body).digest("hex");
    const headers = {
      "content-type": "application/json",
      "x-github-event": "deployment_status",
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${signature}`,
    };
    const init = { method: "POST", headers, body };
    return (await fetch(`${product.url}/api/webhooks/github`, init)).status;
  }
  const bodies = async () =>
    (await store.db.select({ body: webhookDeliveries.body }).from(webhookDeliveries)).map(
      (row) => row.body,
    );

  test("of two hundred deliveries at once, each twice, a hundred are kept, as they came", async () => {
    const sent = Array.from({ length: 100 }, (_, id) => bodyOf(id));
    const started = performance.now();
    const statuses = await Promise.all([...sent, ...sent].map((body) => deliver(body)));
    const ms = (performance.now() - started) / statuses.length;
    expect(statuses.filter((status) => status === 202)).toHaveLength(100);
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect((await bodies()).sort()).toEqual(sent.toSorted());
    console.log(`webhooks: 200 deliveries at once, 100 kept, ${ms.toFixed(1)} ms each`);
  });

  test("what is forged leaves nothing", async () => {
    const before = (await bodies()).length;
    expect(await deliver(bodyOf(1_000), "guess")).toBe(401);
    expect(await deliver("", "guess")).toBe(401);
    expect(await bodies()).toHaveLength(before);
  });

  test("what was answered is there after the product is killed, and is known when it comes again", async () => {
    expect(await deliver(bodyOf(2_000))).toBe(202);
    await product.stop("SIGKILL");
    product = await start();
    expect(await deliver(bodyOf(2_000))).toBe(200);
    expect((await bodies()).filter((body) => body === bodyOf(2_000))).toHaveLength(1);
  });

  test("a real Alertmanager delivers what fires and what resolves", async () => {
    const wanted = { name: "alertmanager", scopes: ["ingest"], team: null, days: 30 };
    const { token: credentials } = token.parse(await change("/api/settings/tokens", wanted));
    const url = `${product.url}/api/webhooks/alertmanager`;
    alertmanager = await startAlertmanager({ url, token: credentials });
    const { url: api } = alertmanager;
    const labels = { alertname: "ErrorBudgetBurn", service: "checkout", slo: "availability" };
    const say = (endsAt: Date) =>
      fetch(`${api}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify([{ labels, endsAt }]),
      });
    const seen = async () =>
      (await readDeliveries(store.db, 1_000))
        .filter(({ source }) => source === "alertmanager")
        .map(({ event }) => event)
        .reverse();
    await say(new Date(Date.now() + 3_600_000));
    await until("the alert arrives", async () => (await seen()).length === 1);
    await say(new Date());
    await until("its end arrives", async () => (await seen()).length === 2);
    expect(await seen()).toEqual(["firing", "resolved"]);
    expect(product.output()).not.toContain(credentials);
  });

  test("no secret is in the log or, in clear, in the database", async () => {
    const rows = await store.db.execute("select * from webhook_secrets");
    expect(JSON.stringify(rows)).toContain("v1.");
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(product.output()).not.toContain(secret);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openStore } from "#db/client.ts";
import type { Store } from "#db/connection.ts";
import { readNoticeDeliveries } from "#db/reads/notices.ts";
import { writeNotices } from "#db/writes/notices.ts";
import { startReceiver, type TestReceiver } from "#jobs/notices/testing.ts";
import { EXAMPLES } from "#lib/notices/examples.ts";
import type { Notice } from "#lib/notices/notice.ts";
import { audit } from "./audit.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import { type Product, startProduct, until } from "./product.ts";
import { AGAIN, open, see } from "./see.ts";
import { missingPostgres, type PostgresServer, startPostgres } from "./servers/postgres.ts";
import { openVisit } from "./visit.ts";

const absent = missingPostgres() ?? missingBrowser();
const made = z.object({ id: z.string(), secret: z.string().nullable() });

describe.skipIf(absent)(`notices of the product${absent ? ` (${absent})` : ""}`, () => {
  let server: PostgresServer;
  let store: Store;
  let product: Product;
  let start: () => Promise<Product>;
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-notices-"));
  const config = join(folder, "plimsoll.yaml");
  writeFileSync(config, 'notify: { allow: ["127.0.0.1"] }\n');

  beforeAll(async () => {
    server = await startPostgres();
    const database = await server.createDatabase();
    start = () =>
      startProduct({
        PLIMSOLL_DATABASE_URL: database,
        PLIMSOLL_SECRET: "a secret of thirty-two characters",
        PLIMSOLL_SLOS: "/nowhere/*.yaml",
        PLIMSOLL_CONFIG: config,
      });
    product = await start();
    store = await openStore(database);
  });
  afterAll(async () => {
    await store?.close();
    await product?.stop();
    await server?.stop();
    rmSync(folder, { recursive: true });
  });

  async function add(name: string, receiver: TestReceiver) {
    const headers = { origin: product.url, "content-type": "application/json" };
    const body = JSON.stringify({ name, kind: "webhook", url: receiver.url, team: null });
    const answer = await fetch(`${product.url}/api/settings/receivers`, {
      ...{ method: "POST", headers, body },
    });
    expect(answer.status).toBe(201);
    return made.parse(await answer.json());
  }
  const tell = (...keys: string[]) =>
    store.db.transaction((tx) => writeNotices(tx, keys.map(pageOf)));
  const pageOf = (key: string): Notice => ({ ...EXAMPLES["alert-opened"], at: Date.now(), key });
  const statesOf = async (receiverId: string) =>
    (await readNoticeDeliveries(store.db, { receiverId }, 1_000)).map(({ state }) => state);
  const idsOf = ({ arrived }: TestReceiver) => arrived.map(({ headers }) => headers["webhook-id"]);
  const leaseOver = (receiverId: string) =>
    store.db.execute(
      sql`update notice_deliveries set next_at = 0
        where receiver_id = ${receiverId} and state = 'pending'`,
    );

  test("killed while it sends, it sends again with the same id, and keeps one record each", async () => {
    await using receiver = await startReceiver("hangs");
    const { id, secret } = await add("killed", receiver);
    const keys = Array.from({ length: 10 }, (_, i) => `killed ${i}`);
    await tell(...keys);
    await receiver.until(1);
    await product.stop("SIGKILL");
    receiver.answering = { status: 200 };
    // What the dead one held is another's when its minute is over.
    await leaseOver(id);
    product = await start();
    await until("all have arrived", async () =>
      (await statesOf(id)).every((state) => state === "delivered"),
    );
    expect(await statesOf(id)).toHaveLength(10);
    const ids = idsOf(receiver);
    expect(ids).toHaveLength(11);
    expect(new Set(ids).size).toBe(10);
    expect(ids[0]).toBe(ids[1]);
    const webhook = new Webhook(secret ?? "");
    for (const { headers, body } of receiver.arrived) {
      const given = Object.fromEntries(
        ["id", "timestamp", "signature"].map((n) => [
          `webhook-${n}`,
          String(headers[`webhook-${n}`]),
        ]),
      );
      expect(webhook.verify(body, given)).toMatchObject({ type: "alert.opened" });
    }
    expect(product.output()).not.toContain("s3cret");
  });

  test(
    "a receiver is added, tried, switched off by its own answer and replayed in a browser",
    AGAIN,
    async () => {
      await using receiver = await startReceiver();
      const name = `channel ${receiver.url.length} ${Date.now()}`;
      const browser = await openBrowser();
      const { page, problems, close } = await openVisit(browser, product.url);
      try {
        await open(page, "/settings/notifications");
        await page.getByLabel("Kind").selectOption("slack");
        await page.getByLabel("Name").fill(name);
        await page.getByLabel("Address").fill(receiver.url);
        await page.getByRole("button", { name: "Add the receiver" }).click();
        await see(page.getByText(`“${name}” is added`)).toBeVisible();
        await page.getByRole("button", { name: `Send a test to ${name}` }).click();
        await see(page.getByText("The test arrived: answered 200")).toBeVisible();
        expect(receiver.arrived[0]?.body).toContain("A test from Plimsoll");
        expect(await page.content()).not.toContain("s3cret");

        receiver.answering = { status: 410, body: "channel_is_archived" };
        await tell(`${name} 1`);
        await until("it is switched off", async () => {
          await page.reload();
          return page.getByText("Switched off: answered 410: channel_is_archived").isVisible();
        });
        expect(await audit(page)).toEqual([]);

        receiver.answering = { status: 200 };
        await page.getByRole("button", { name: `Switch on ${name}` }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Switch on" }).click();
        await page.getByRole("link", { name: "All deliveries" }).click();
        await page.getByRole("link", { name: "Given up" }).click();
        await page.getByRole("link", { name }).click();
        await see(page.getByText("answered 410")).toBeVisible();
        expect(await audit(page)).toEqual([]);
        await page.getByRole("button", { name: /^Send again/ }).click();
        await see(page.getByText("Nothing was given up")).toBeVisible();
        await receiver.until(3);
        expect(receiver.arrived[2]?.body).toContain("page alert (page-fast)");
        expect(problems).toEqual([]);
      } finally {
        await close();
        await browser.close();
      }
    },
  );
});

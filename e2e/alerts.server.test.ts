import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { alertPage } from "#app/api/v1/alerts/schema.ts";
import { plain } from "#lib/spec/testing.ts";
import { MINUTE } from "#lib/time/duration.ts";
import { audit } from "./audit.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import { askFrom, consoleLink, joinBy, openGuest, PASSWORD, submit } from "./doors.ts";
import { freePort, type Product, startProduct, until } from "./product.ts";
import { AGAIN, see } from "./see.ts";
import type { Visit } from "./visit.ts";

const absent = missingBrowser();
const PHONE = { viewport: { width: 390, height: 844 } };
const EMAIL = "ada@example.org";
const RUNBOOK = "https://runbooks.example/shop";
const START = Math.floor(Date.now() / MINUTE) * MINUTE - 20 * MINUTE;
const LINK = "/alert?slo=shop/availability&tier=page-fast";

describe.skipIf(absent)(`the link of an alert${absent ? ` (${absent})` : ""}`, AGAIN, () => {
  let folder: string;
  let product: Product;
  let browser: Browser;
  let admin: Visit;
  let token: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plimsoll-alerts-"));
    const port = await freePort();
    const main = { name: "main", url: "http://127.0.0.1:9" };
    const config = { sources: { prometheus: [main] }, slos: ["shop.yaml"] };
    writeFileSync(join(folder, "plimsoll.yaml"), JSON.stringify(config));
    const fields = { formerly: "[shop/uptime]", runbook: RUNBOOK };
    writeFileSync(join(folder, "shop.yaml"), plain(fields, { service: "shop" }));
    [product, browser] = await Promise.all([
      startProduct({
        PLIMSOLL_CONFIG: join(folder, "plimsoll.yaml"),
        PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "db", "data")}`,
        PLIMSOLL_NO_AUTH: "0",
        PLIMSOLL_URL: `http://127.0.0.1:${port}`,
        PLIMSOLL_TRUSTED_PROXIES: "127.0.0.1",
        PORT: String(port),
      }),
      openBrowser(),
    ]);
    admin = await openGuest(browser, product.url);
    await joinBy(consoleLink(product), admin, { name: "Ada", email: EMAIL });
    token = await makeToken(admin.page);
    await send("firing");
    await arrived(({ endsAt }) => endsAt === null);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function send(status: "firing" | "resolved"): Promise<void> {
    const endsAt = status === "firing" ? "0001-01-01T00:00:00Z" : iso(START + 12 * MINUTE);
    const labels = { alertname: "ErrorBudgetBurn", severity: "page", tier: "page-fast" };
    const alert = {
      ...{ status, labels: { ...labels, slo: "shop/availability" }, annotations: {} },
      ...{ startsAt: iso(START), endsAt, generatorURL: "", fingerprint: "f1" },
    };
    const body = JSON.stringify({ version: "4", groupKey: "g", status, alerts: [alert] });
    const answer = await fetch(`${product.url}/api/webhooks/alertmanager`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body,
    });
    expect(answer.status).toBe(202);
  }

  const arrived = (isThere: (alert: { endsAt: string | null }) => boolean) =>
    until("the alert is known", async () => {
      const path = "/api/v1/alerts?service=shop&slo=availability";
      const { body } = await askFrom(admin.page, { method: "GET", path });
      return alertPage.parse(JSON.parse(body)).alerts.some(isThere);
    });

  /** In a tab of a phone, of somebody who is not signed in yet. */
  const onPhone = (run: (page: Page) => Promise<void>) => async () => {
    const visit = await openGuest(browser, product.url, PHONE);
    try {
      await run(visit.page);
    } finally {
      await visit.close();
    }
  };
  const signIn = async (page: Page) => {
    await page.waitForURL((url) => url.pathname === "/sign-in");
    await submit(page, { email: EMAIL, password: PASSWORD });
  };
  const landed = async (page: Page) => {
    await page.waitForURL((url) => url.pathname === "/services/shop/slos/availability");
    const said = Object.fromEntries(new URL(page.url()).searchParams);
    expect(said).toMatchObject({ at: iso(START), tier: "page-fast" });
    return page.getByRole("region", { name: "Alert", exact: true });
  };

  test(
    "leads through sign-in to the alert, which fits the first screen of a phone",
    onPhone(async (page) => {
      await page.goto(LINK);
      await signIn(page);
      const alert = await landed(page);
      await see(alert.getByRole("heading", { name: /ErrorBudgetBurn/ })).toBeVisible();
      await see(alert).toContainText("Burns since");
      await see(alert).toContainText("Only the rule outside fired.");
      await see(alert).toContainText("Policy now");
      await see(alert.getByRole("link", { name: "Runbook" })).toHaveAttribute("href", RUNBOOK);
      const box = await alert.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 9_999)).toBeLessThanOrEqual(844);
      expect(await audit(page)).toEqual([]);
    }),
  );

  test(
    "leads there by a former name, and by the start alone",
    onPhone(async (page) => {
      await page.goto(`/alert?slo=shop/uptime&startsAt=${iso(START)}`);
      await signIn(page);
      await see(await landed(page)).toBeVisible();
    }),
  );

  test(
    "to an SLO that there is not says so, with the names that are near",
    onPhone(async (page) => {
      await page.goto("/alert?slo=shop/availabilty");
      await signIn(page);
      await see(page.getByRole("heading", { name: /no SLO shop\/availabilty/ })).toBeVisible();
      await page.getByRole("link", { name: "shop/availability" }).click();
      await page.waitForURL((url) => url.pathname === "/services/shop/slos/availability");
    }),
  );

  test(
    "that is wrong says what, and leads to the SLO all the same",
    onPhone(async (page) => {
      await page.goto("/alert?slo=shop/availability&startsAt=soon");
      await signIn(page);
      await see(page.getByText("“startsAt” must be a time")).toBeVisible();
      await see(page.getByRole("link", { name: "The SLO as it is now" })).toBeVisible();
      expect(await audit(page)).toEqual([]);
    }),
  );

  test(
    "shows from when to when it was, once it is over",
    onPhone(async (page) => {
      await send("resolved");
      await arrived(({ endsAt }) => endsAt !== null);
      await page.goto(LINK);
      await signIn(page);
      await see(await landed(page)).toContainText("Burnt from");
      expect(new URL(page.url()).searchParams.get("to")).toBe(iso(START + 12 * MINUTE));
    }),
  );
});

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

async function makeToken(page: Page): Promise<string> {
  const body = { name: "alertmanager", scopes: ["ingest"], team: null, days: 30 };
  const made = await askFrom(page, { method: "POST", path: "/api/settings/tokens", body });
  return /"token":"([^"]+)"/.exec(made.body)?.[1] ?? made.body;
}

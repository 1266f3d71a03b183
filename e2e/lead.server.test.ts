import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, test } from "vitest";
import { audit } from "./audit.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import { type Demo, openDemo } from "./demo.ts";
import { AGAIN, open, see } from "./see.ts";
import { openVisit } from "./visit.ts";

const absent = missingBrowser();

/** Last month in UTC, as addresses and as people write it. */
const MONTH = monthBefore(new Date());
const REVIEW = `/dora/reviews/${MONTH.path}`;

describe.skipIf(absent)(`a lead with the demo${absent ? ` (${absent})` : ""}`, AGAIN, () => {
  let demo: Demo;
  let browser: Browser;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([openDemo(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.[Symbol.asyncDispose]();
  });

  /** Runs in a tab of its own, and nothing may go wrong in it. */
  const visiting = (run: (page: Page) => Promise<void>) => async () => {
    const visit = await openVisit(browser, demo.product.url);
    try {
      await run(visit.page);
      see(visit.problems).toEqual([]);
    } finally {
      await visit.close();
    }
  };

  describe("finds pages that are accessible and fit, in both themes, wide and on a phone", () => {
    const nothing = async () => {};
    test.each<[string, string, (page: Page) => Promise<void>]>([
      ["delivery", "/dora", nothing],
      ["a team's month with rows", `/dora?team=shop&period=${MONTH.path}&rows=leadTime`, nothing],
      ["a service's failures", "/dora?service=checkout&rows=changeFailureRate", nothing],
      ["a question that cannot be answered", "/dora?team=nobody&zone=Mars", nothing],
      ["the deployments", "/deployments", nothing],
      ["a bad deployment", "/incidents", openBadDeployment],
      ["the incidents", "/incidents", nothing],
      ["an open incident", "/incidents", (page) => follow(page, "Carts cannot be opened")],
      ["the reviews", "/dora/reviews", nothing],
      ["a review", REVIEW, nothing],
      ["a team's review", `${REVIEW}?team=shop`, nothing],
    ])("%s", (_, path, prepare) =>
      visiting(async (page) => {
        await open(page, path);
        await prepare(page);
        see(await audit(page)).toEqual([]);
      })(),
    );
  });

  test(
    "learns from last month's review why lead time is up, in two clicks down to the commits",
    visiting(async (page) => {
      await open(page, REVIEW);
      await see(page.getByRole("heading", { level: 1 })).toHaveText(`Review of ${MONTH.name}`);
      await page.getByRole("link", { name: "Delivery of this month" }).click();
      const why = page.getByText(/^The mean lead time is .+ longer than in the period before/);
      await see(why).toContainText(": waiting for review takes");
      const slowest = page.getByRole("region", { name: "The slowest changes" });
      await slowest
        .getByText(/^\d+ commits?$/)
        .first()
        .click();
      await see(slowest.getByText(/^[0-9a-f]{10}$/).first()).toBeVisible();
    }),
  );

  test(
    "goes from the spent budget to the deployment that spent it, and what mended it",
    visiting(async (page) => {
      await open(page, "/incidents");
      await openBadDeployment(page);
      const cost = page.getByRole("region", { name: "What it cost" });
      await see(cost).toContainText("availability");
      const incidents = page.getByRole("region", { name: "Incidents" });
      await see(incidents).toContainText("Checkout fails at the payment form");
      const shipped = page.getByRole("region", { name: "What it shipped" });
      await see(shipped).toContainText("Ask for card and address in one step");
      await see(page.locator("main")).toContainText(/roll(ed )?back/i);
    }),
  );

  test(
    "writes an action item, publishes the review and prints it",
    { retry: 0 },
    visiting(async (page) => {
      await open(page, REVIEW);
      await page.getByLabel("What is to be done").fill("Agree on who reviews first each morning");
      await page.getByLabel("Owner").fill("Mira");
      await page.getByRole("button", { name: "Add action item" }).click();
      const actions = page.getByRole("region", { name: "Action items" });
      await see(actions).toContainText("Agree on who reviews first each morning");
      await page.getByRole("button", { name: /^Publish/ }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^Publish/ })
        .click();
      await see(page.locator("main")).toContainText(/Published .+ SHA-256/);
      const hash = await page.locator("main header code").textContent();
      await page.reload();
      await see(page.locator("main header code")).toHaveText(hash ?? "");
      await see(actions).toContainText("Open; Mira");
      await page.emulateMedia({ media: "print" });
      await see(page.getByRole("navigation", { name: "Main" })).toBeHidden();
      await see(page.getByRole("button", { name: "Print" })).toBeHidden();
      await see(page.getByRole("heading", { level: 1 })).toBeVisible();
      const sheets = String(await page.pdf({ preferCSSPageSize: true })).match(/\/Type \/Page\b/g);
      see(sheets?.length).toBeGreaterThan(1);
      await page.emulateMedia({ media: null });
      see(await audit(page)).toEqual([]);
    }),
  );
});

/** From the list of incidents to the one that spent checkout's budget, and on to its cause. */
async function openBadDeployment(page: Page): Promise<void> {
  await follow(page, "Checkout fails at the payment form");
  const cause = page.getByRole("region", { name: "Cause" });
  await cause.locator("a[href^='/deployments/']").first().click();
  await see(page.getByRole("region", { name: "What it shipped" })).toBeVisible();
}

async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name }).first().click();
  await see(page.getByRole("heading", { level: 1 })).toContainText(name);
}

function monthBefore(now: Date): { readonly path: string; readonly name: string } {
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1));
  const name = first.toLocaleString("en", { month: "long", year: "numeric", timeZone: "UTC" });
  return { path: first.toISOString().slice(0, 7), name };
}

import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { audit } from "./audit.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import {
  askFrom,
  awake,
  consoleLink,
  type House,
  invite,
  joinBy,
  openGuest,
  openHouse,
  SLO,
} from "./doors.ts";
import { ensureBuild } from "./product.ts";
import { see } from "./see.ts";
import type { Visit } from "./visit.ts";

const absent = missingBrowser();
const WHY = "The gift cards are announced for Friday";

describe.skipIf(absent)(`an exception, by two people${absent ? ` (${absent})` : ""}`, () => {
  let house: House;
  let browser: Browser;
  let admin: Visit;
  let asker: Visit;
  beforeAll(async () => {
    await ensureBuild();
    [house, browser] = await Promise.all([openHouse({}), openBrowser()]);
    const { url } = house.product;
    admin = await openGuest(browser, url);
    const ada = { name: "Ada Byron", email: "ada@example.com" };
    await joinBy(consoleLink(house.product), admin, ada);
    const mira = { name: "Mira Okafor", email: "mira@example.com" };
    const link = await invite(admin.page, { ...mira, teams: ["payments"] });
    asker = await openGuest(browser, url);
    await joinBy(link, asker, {});
  });
  afterAll(async () => {
    await browser?.close();
    await house?.[Symbol.asyncDispose]();
  });

  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

  test("an editor asks for it, and is told why the button to approve is not there", async () => {
    const { page } = asker;
    await page.goto("/policy");
    await page.getByRole("link", { name: "Ask for an exception" }).click();
    await page.waitForURL(/\/policy\/exceptions\/new/);
    await awake(page);
    await page.getByLabel("Service").selectOption("shop");
    await page.getByLabel("SLO").selectOption("availability");
    await page.getByLabel("Environment").selectOption("production");
    await page.getByLabel("Need", { exact: true }).selectOption("launch");
    await page.getByLabel("Justification").fill(WHY);
    await page.getByLabel("Risk", { exact: true }).fill("The payment form fails again");
    await page.getByLabel("Mitigations").fill("Behind a flag, 5 % of buyers");
    await button(page, "Ask for it").click();
    await page.waitForURL(/\/policy\/exceptions\/1$/);
    await see(page.getByText("You asked for it, so another person decides")).toBeVisible();
    expect(await button(page, "Approve").count()).toBe(0);
  });

  test("and cannot approve it behind the page's back either", async () => {
    const path = "/api/exceptions/1/decision";
    const body = { decision: "approved" };
    expect(await askFrom(asker.page, { method: "PUT", path, body })).toMatchObject({ status: 409 });
  });

  test("what waits passes axe in both themes, wide and narrow", { timeout: 120_000 }, async () => {
    for (const path of ["/policy", "/policy/exceptions", "/policy/exceptions/1"]) {
      await admin.page.goto(path);
      await see(admin.page.getByText("Waiting for a decision").first()).toBeVisible();
      expect(await audit(admin.page), path).toEqual([]);
    }
    for (const path of ["/policy/exceptions/new", "/policy/gate"]) {
      await admin.page.goto(path);
      await see(admin.page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await audit(admin.page), path).toEqual([]);
    }
    await admin.page.setViewportSize({ width: 1440, height: 900 });
  });

  test("another person approves it, and it is in force wherever one looks", async () => {
    const { page } = admin;
    await page.goto("/policy/exceptions/1");
    await awake(page);
    await page.getByLabel("Note", { exact: true }).fill("Ada watches the payment step");
    await button(page, "Approve").click();
    await see(page.getByText("Ada watches the payment step").last()).toBeVisible();
    await see(page.getByText("In force").last()).toBeVisible();
    for (const path of ["/policy", "/policy/exceptions"]) {
      await asker.page.goto(path);
      await see(asker.page.getByText(/approved by Ada Byron/).first()).toBeVisible();
    }
    await asker.page.goto(SLO);
    await see(asker.page.getByRole("link", { name: "Exception in force" })).toBeVisible();
  });

  test("revoked it is over, and can be asked for anew with what was written", async () => {
    const { page } = asker;
    await page.goto("/policy/exceptions/1");
    await awake(page);
    await page.getByRole("button", { name: /^Revoke/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
    await page.getByRole("link", { name: "Ask for it anew" }).click();
    await page.waitForURL(/follows=1/);
    await see(page.getByLabel("Justification")).toHaveValue(WHY);
  });

  test("the palette and the keys lead there", async () => {
    const { page } = asker;
    await page.goto("/policy/exceptions");
    await awake(page);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/policy\/exceptions\/1$/);
  });

  test("nothing went wrong in the tabs", () => {
    expect(admin.problems).toEqual([]);
    expect(asker.problems.filter((each) => !each.includes("409"))).toEqual([]);
  });
});

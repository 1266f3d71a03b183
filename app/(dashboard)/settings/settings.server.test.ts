import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { audit } from "../../../e2e/audit.ts";
import { missingBrowser, openBrowser } from "../../../e2e/browser.ts";
import { freePort, type Product, startProduct } from "../../../e2e/product.ts";
import { open, see } from "../../../e2e/see.ts";
import { openVisit, type Visit } from "../../../e2e/visit.ts";

const PASSWORD = "correct horse battery";
const BOB = "Bob Noyce (bob@example.com)";
const skip = missingBrowser();

/** One story, in order: it begins with nobody. */
describe.skipIf(skip)(`people, teams and account${skip ? ` (${skip})` : ""}`, () => {
  const root = mkdtempSync(join(tmpdir(), "plimsoll-settings-"));
  let product: Product;
  let browser: Browser;
  let ada: Visit;
  let bob: Visit;

  beforeAll(async () => {
    const port = await freePort();
    product = await startProduct({
      PORT: String(port),
      PLIMSOLL_URL: `http://127.0.0.1:${port}`,
      PLIMSOLL_NO_AUTH: "0",
      PLIMSOLL_DATABASE_URL: `pglite://${join(root, "data")}`,
      PLIMSOLL_SLOS: "demo/slos/shop/*.yaml",
      PLIMSOLL_PROMETHEUS_URL: "http://127.0.0.1:9",
    });
    browser = await openBrowser();
    [ada, bob] = await Promise.all([
      openVisit(browser, product.url),
      openVisit(browser, product.url),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const main = (page: Page) => page.getByRole("main");
  const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name });
  const answerDialog = (page: Page, name: string) =>
    page.getByRole("dialog").getByRole("button", { name, exact: true }).click();

  /** Opens the line of a person. */
  async function openPerson(page: Page, name: string): Promise<void> {
    await open(page, "/settings/people");
    await main(page).locator("summary", { hasText: name }).click();
  }

  async function takeUp(page: Page): Promise<void> {
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${product.url}/`);
  }

  test("the first admin comes by the link on the console, and is led to the people", async () => {
    const { page } = ada;
    const url = /http:\S+\/welcome\?token=\S+/.exec(product.output())?.[0] ?? "";
    await page.goto(url);
    await page.getByLabel("Name").fill("Ada Byron");
    await page.getByLabel("E-mail").fill("ada@example.com");
    await takeUp(page);
    await open(page, "/settings");
    await see(page).toHaveURL(`${product.url}/settings/people`);
    await see(main(page).getByRole("heading", { name: "1 person" })).toBeVisible();
  });

  test("mistakes in an invitation are said beside the field", async () => {
    const { page } = ada;
    await button(page, "Invite").click();
    await see(page.getByLabel("Name")).toBeFocused();
    await page.getByLabel("E-mail").fill("bob");
    await button(page, "Make invitation link").click();
    await see(page.getByLabel("E-mail")).toHaveAccessibleDescription(/must be an e-mail address/);
    await see(page.getByLabel("Name")).toHaveAccessibleDescription(/must not be empty/);
    expect(await audit(page)).toEqual([]);
  });

  test("an invitation is a link, shown once, that lets someone in", async () => {
    const { page } = ada;
    await page.getByLabel("Name").fill("Bob Noyce");
    await page.getByLabel("E-mail").fill("bob@example.com");
    await button(page, "Make invitation link").click();
    const link = page.getByLabel("Link, shown this once");
    await see(link).toBeFocused();
    const url = await link.inputValue();
    expect(await audit(page)).toEqual([]);
    await button(page, "I have it").click();
    await see(link).toBeHidden();
    await see(main(page).getByText("works until")).toBeVisible();
    await bob.page.goto(url);
    await takeUp(bob.page);
    await open(page, "/settings/people");
    await see(main(page).getByText("works until")).toBeHidden();
  });

  test("the last admin cannot be unmade, and a dialog that is left gives the focus back", async () => {
    const { page } = ada;
    await openPerson(page, "Ada Byron");
    await button(page, /Remove admin/).click();
    await answerDialog(page, "Remove admin");
    await see(page.getByRole("dialog")).toContainText("This is the last admin who can sign in");
    expect(await audit(page)).toEqual([]);
    await answerDialog(page, "Cancel");
    await see(button(page, /Remove admin/)).toBeFocused();
    expect(await audit(page)).toEqual([]);
  });

  test("an editor changes the editors of their team, and sees nothing of the people", async () => {
    await open(ada.page, "/settings/teams");
    await ada.page.getByLabel("New editor of shop").selectOption({ label: BOB });
    await button(ada.page, "Add editor of shop").click();
    await see(main(ada.page).getByText("added by hand")).toBeVisible();
    const { page } = bob;
    await open(page, "/settings/teams");
    await see(button(page, "Remove Bob Noyce as an editor of shop")).toBeVisible();
    await see(page.getByRole("link", { name: "People" })).toBeHidden();
    expect((await page.goto("/settings/people"))?.status()).toBe(403);
    await open(ada.page, "/settings/teams");
    expect(await audit(ada.page)).toEqual([]);
  });

  test("a password is changed by who knows it", async () => {
    const { page } = bob;
    await open(page, "/settings/account");
    await page.getByLabel("Current password").fill("not it");
    await page.getByLabel("New password").fill("staple of the battery");
    await button(page, "Change password").click();
    await see(page.getByLabel("Current password")).toHaveAccessibleDescription(/not your current/);
    await page.getByLabel("Current password").fill(PASSWORD);
    await button(page, "Change password").click();
    await see(main(page).getByText("Your password is changed.")).toBeVisible();
    expect(await audit(page)).toEqual([]);
  });

  test("whoever is disabled is out at the next step", async () => {
    await openPerson(ada.page, "Bob Noyce");
    await button(ada.page, "Disable Bob Noyce").click();
    await answerDialog(ada.page, "Disable");
    await see(main(ada.page).getByText("disabled", { exact: true })).toBeVisible();
    await bob.page.goto("/settings/teams");
    await see(bob.page).toHaveURL(/\/sign-in\?next=%2Fsettings%2Fteams$/);
  });
});

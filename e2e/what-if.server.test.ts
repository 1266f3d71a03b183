import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sloStatus } from "#app/api/v1/schemas.ts";
import { whatIf } from "#app/api/v1/slos/[service]/[slo]/what-if/schema.ts";
import { audit } from "./audit.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import { type Demo, openDemo } from "./demo.ts";
import { AGAIN, open, see } from "./see.ts";
import { openVisit, type Visit } from "./visit.ts";

const absent = missingBrowser();
const SLO = "/services/payments/slos/availability";
const API = "/api/v1/slos/payments/availability";

describe.skipIf(absent)(`a what-if on real history${absent ? ` (${absent})` : ""}`, AGAIN, () => {
  let demo: Demo;
  let browser: Browser;
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([openDemo(), openBrowser()]);
    visit = await openVisit(browser, demo.product.url);
    ({ page } = visit);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.[Symbol.asyncDispose]();
  });

  const ask = async (path: string) => (await fetch(demo.product.url + path)).json();
  const field = (name: string) => page.getByLabel(name, { exact: true });
  /** The last cell of a row of the comparison. */
  const asked = (row: string) =>
    page
      .getByRole("row", { name: new RegExp(`^${row}`) })
      .getByRole("cell")
      .last();

  test("begins at the SLO's page with the present definition in both columns", async () => {
    await open(page, SLO);
    await page.getByRole("link", { name: "What if", exact: true }).click();
    await page.waitForURL(`**${SLO}/what-if`);
    await see(page.getByText("Nothing is changed yet")).toBeVisible();
    await see(asked("Promise")).toHaveText("99.95 % over 30d");
    expect(await audit(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("gives the present numbers where nothing is changed", async () => {
    // An evaluation may come between two questions: then they are asked again.
    await see
      .poll(async () => {
        const answer = whatIf.parse(await ask(`${API}/what-if`));
        const status = sloStatus.parse(await ask(API));
        if (answer.asOf !== status.asOf) return "another minute";
        const { consumed, sli, state, policyState } = status;
        expect(answer.asked).toEqual(answer.present);
        expect(answer.asked).toMatchObject({ consumed, sli, state, policyState });
        return "the same";
      })
      .toBe("the same");
  });

  test("answers while one types, and keeps what is typed in the address", async () => {
    await field("Objective").fill("99.99");
    await see(page).toHaveURL(/objective=99\.99/);
    await see(page.getByText(/^At 99\.99 % over 30d,/)).toBeVisible();
    const answer = whatIf.parse(await ask(`${API}/what-if?objective=0.9999`));
    expect(answer.asked.consumed).toBeCloseTo(5 * (answer.present.consumed ?? 0), 6);
    await see(asked("Spent")).toHaveText(/^\d+ %$/);
    await field("Window").fill("28d");
    await see(asked("Promise")).toHaveText("99.99 % over 28d");
    await page.reload();
    await see(field("Objective")).toHaveValue("99.99");
    await see(asked("Promise")).toHaveText("99.99 % over 28d");
  });

  test("says at the field what is wrong, and marks what is shown as the last that was right", async () => {
    await field("Objective").fill("100");
    await see(field("Objective")).toHaveAttribute("aria-invalid", "true");
    await see(field("Objective")).toHaveAccessibleDescription(/no error budget to spend/);
    await see(page.getByText(/Below is the last that could: 99\.99 % over 28d/)).toBeVisible();
    expect(await audit(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.reload();
    await see(page.getByText("Below is the present definition alone")).toBeVisible();
  });

  test("says plainly when there is not enough history", async () => {
    await open(page, `${SLO}/what-if?window=300d`);
    await see(page.getByText(/^Only [\d.]+ of 300 d of history are known/)).toBeVisible();
    await see(asked("State")).not.toHaveText("Healthy");
    await see(page.getByRole("heading", { name: "No objective can be suggested" })).toBeVisible();
  });

  test("suggests an objective with its reason, and tries it at one click", async () => {
    await open(page, `${SLO}/what-if?window=7d`);
    const suggestion = page.getByRole("region", { name: "Suggested objective" });
    await see(suggestion).toContainText("would have been kept in all");
    await suggestion.getByRole("button", { name: /^Try/ }).click();
    await see(page).toHaveURL(/objective=0\.\d+/);
    await see(asked("Promise")).toHaveText(/% over 7d$/);
    await see(suggestion.getByRole("button", { pressed: true })).toBeVisible();
  });

  test("needs no mouse, has its chart as a table, and passes axe", async () => {
    await field("Objective").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("0.9999");
    await page.keyboard.press("Tab");
    await see(field("Window")).toBeFocused();
    await see(asked("Promise")).toHaveText("99.99 % over 7d");
    await page.getByRole("button", { name: "Show as table: Budget spent" }).press("Enter");
    await see(page.getByRole("columnheader", { name: "As asked" }).first()).toBeVisible();
    expect(await audit(page)).toEqual([]);
    expect(visit.problems).toEqual([]);
  });

  test("of a name that no SLO has is not found", async () => {
    const answer = await page.goto("/services/payments/slos/nothing/what-if");
    expect(answer?.status()).toBe(404);
  });
});

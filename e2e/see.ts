import { expect, type Page } from "@playwright/test";

/** A browser on a busy machine may miss a beat: a test is tried once more, and the report says so. */
export const AGAIN = { retry: 1 };

/** Playwright's own expectations, which wait; patient enough for two busy cores. */
export const see = expect.configure({ timeout: 45_000 });

/** Opens a page and waits until it is awake: only then do keys and buttons act. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator("input[name=theme]:checked").waitFor({ state: "attached" });
}

/** The SLOs of the fleet's table from top to bottom, as service/slo. */
export async function rowsOf(page: Page): Promise<string[]> {
  const links = await page.locator("main [data-row-link]").all();
  const paths = await Promise.all(links.map((link) => link.getAttribute("href")));
  return paths.map((path) => (path ?? "").replace("/services/", "").replace("/slos", ""));
}

/** Presses a number of an SLO page; its explanation is then open. */
export async function explain(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `(explain ${name})` }).click();
  await see(page.getByRole("dialog").getByRole("heading", { name: "Formula" })).toBeVisible();
}

import type { Browser, Locator, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, test } from "vitest";
import { sloPage, sloStatus } from "#app/api/v1/schemas.ts";
import { count, percent } from "#lib/explain/figures.ts";
import { pagesFirst } from "#lib/fleet/order.ts";
import { SLO_STATES } from "#lib/slo/status.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import { audit } from "./audit.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import { type Demo, openDemo } from "./demo.ts";
import { AGAIN, explain, open, rowsOf, see } from "./see.ts";
import { openVisit, type Visit } from "./visit.ts";

const absent = missingBrowser();
const CHECKOUT = "/services/checkout/slos/availability";

describe.skipIf(absent)(`the demo in a browser${absent ? ` (${absent})` : ""}`, AGAIN, () => {
  let demo: Demo;
  let browser: Browser;
  let origin: string;
  /** Left alone from the beginning, to see whether it goes on by itself. */
  let live: Visit;
  let liveSince: number;
  beforeAll(async () => {
    [demo, browser] = await Promise.all([
      openDemo({ without: "payments/ledger.yaml" }),
      openBrowser(),
    ]);
    origin = demo.product.url;
    live = await openVisit(browser, origin);
    await open(live.page, "/sources");
    liveSince = await dataThrough(live.page);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.[Symbol.asyncDispose]();
  });

  /** Runs in a tab of its own, and nothing may go wrong in it. */
  const visiting = (run: (page: Page) => Promise<void>) => async () => {
    const visit = await openVisit(browser, origin);
    try {
      await run(visit.page);
      see(visit.problems).toEqual([]);
    } finally {
      await visit.close();
    }
  };
  const ask = async (path: string) => (await fetch(origin + path)).json();

  describe("is accessible and fits, in both themes, wide and on a phone", () => {
    const nothing = async () => {};
    test.each<[string, string, (page: Page) => Promise<void>]>([
      ["the fleet", "/", nothing],
      ["the fleet by team", "/?group=team", nothing],
      ["a filter that finds nothing", "/?q=state:lost+nothing", nothing],
      ["the palette", "/sources", (page) => openPalette(page, "check")],
      ["the help on keys", "/sources", openHelp],
      ["a team", "/teams/shop", nothing],
      ["a team that there is not", "/teams/nobody", nothing],
      ["a service", "/services/checkout", nothing],
      ["an exhausted SLO", CHECKOUT, showCharts],
      ["its charts as tables", `${CHECKOUT}?range=1h`, showTables],
      ["its budget explained", CHECKOUT, (page) => explain(page, "Budget left, 30d")],
      ["an SLO in the past", `${CHECKOUT}?at=${ago(6 * DAY)}`, showCharts],
      ["an SLO of minutes", "/services/orders/slos/latency-p95", showCharts],
      ["an SLO whose source is away", "/services/cdn/slos/latency", showCharts],
      ["an SLO without any traffic", "/services/partner-import/slos/legacy-feed", nothing],
      ["a retired SLO", "/services/ledger/slos/postings", nothing],
      ["an SLO that there is not", "/services/checkout/slos/nothing", nothing],
      ["the sources", "/sources", nothing],
    ])("%s", (_, path, prepare) =>
      visiting(async (page) => {
        await open(page, path);
        await prepare(page);
        see(await audit(page)).toEqual([]);
      })(),
    );

    test(
      "an address that there is not",
      visiting(async (page) => {
        await page.goto("/nothing/at/all");
        await see(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
        see(await audit(page)).toEqual([]);
      }),
    );
  });

  describe("the fleet", () => {
    test(
      "tells the story, worst first, and its tallies are right",
      visiting(async (page) => {
        await open(page, "/");
        await see(async () => {
          const { slos } = sloPage.parse(await ask("/api/v1/slos"));
          const names = pagesFirst(slos).map(({ service, slo }) => `${service}/${slo}`);
          see(await rowsOf(page)).toEqual(names);
          for (const [i, { state }] of slos.entries()) {
            see(SLO_STATES.indexOf(state)).toBeGreaterThanOrEqual(
              SLO_STATES.indexOf(slos[i - 1]?.state ?? "exhausted"),
            );
          }
          for (const state of SLO_STATES) {
            const many = slos.filter((slo) => slo.state === state).length;
            await see(tally(page, state)).toContainText(String(many), { timeout: 1_000 });
          }
        }).toPass();
        await see(row(page, "checkout/availability")).toContainText(/Exhausted.*Freeze/);
        await see(row(page, "cart/availability")).toContainText("page-fast");
        await see(row(page, "cdn/availability")).toContainText("Unknown");
        await see(row(page, "partner-import/legacy-feed")).toContainText("Unknown");
        await see(row(page, "search/availability")).toContainText("Watch");
      }),
    );

    test(
      "is filtered by typing, by its tallies and by the address, and back finds it so again",
      visiting(async (page) => {
        await open(page, "/");
        await tally(page, "exhausted").click();
        await see(page).toHaveURL(/\?q=state:exhausted$/);
        await see(tally(page, "exhausted")).toHaveAttribute("aria-pressed", "true");
        await see
          .poll(() => rowsOf(page))
          .toEqual(["recommendations/latency", "checkout/availability"]);
        const box = page.getByRole("searchbox", { name: "Filter" });
        await box.fill("team:shop latency");
        await see.poll(async () => (await rowsOf(page)).sort()).toEqual(SHOP_LATENCY);
        await see(page).toHaveURL(/q=team:shop\+latency/);
        await row(page, "checkout/latency").getByRole("link").click();
        await see(page.getByRole("heading", { level: 1 })).toContainText("latency");
        await page.goBack();
        await see(box).toHaveValue("team:shop latency");
        await see.poll(async () => (await rowsOf(page)).sort()).toEqual(SHOP_LATENCY);
        await page.goForward();
        await see(page).toHaveURL(/\/services\/checkout\/slos\/latency$/);
      }),
    );

    test(
      "is grouped, and says who is blocked",
      visiting(async (page) => {
        await open(page, "/");
        await page.getByLabel("Group").selectOption("team");
        await see(page).toHaveURL(/\?group=team$/);
        const groups = page.locator("th[scope=rowgroup]");
        await see(groups).toHaveCount(4);
        await see(groups.filter({ hasText: "shop" })).toContainText("8 SLOs, blocked: checkout");
        await open(page, "/?group=service");
        await see(groups).toHaveCount(11);
      }),
    );

    test(
      "obeys the keyboard",
      visiting(async (page) => {
        await open(page, "/");
        const links = page.locator("main [data-row-link]");
        const focused = page.locator("main [data-row-link]:focus");
        await pressUntil(page, "j", focused);
        for (let i = 0; i < 5; i++) await page.keyboard.press("k");
        await see(links.nth(0)).toBeFocused();
        for (const key of ["j", "j", "k"]) await page.keyboard.press(key);
        await see(links.nth(1)).toBeFocused();
        await page.keyboard.press("/");
        await see(page.getByRole("searchbox", { name: "Filter" })).toBeFocused();
        await page.keyboard.type("j");
        await see(page.getByRole("searchbox", { name: "Filter" })).toHaveValue("j");
        await open(page, "/");
        await openHelp(page);
        await page.keyboard.press("Escape");
        await see(page.getByRole("dialog")).toHaveCount(0);
        await pressUntil(page, "j", focused);
        const path = await focused.getAttribute("href");
        await page.keyboard.press("Enter");
        await see(page).toHaveURL(origin + path);
        await openPalette(page, "refunds");
        await page.keyboard.press("Enter");
        await see(page).toHaveURL(/\/services\/payments\/slos\/refunds$/);
      }),
    );
  });

  describe("the page of an SLO", () => {
    test(
      "keeps its range and moment in the address: back undoes, a reload stays",
      visiting(async (page) => {
        await open(page, CHECKOUT);
        const range = (name: string) => page.getByRole("button", { name, exact: true });
        await range("1 d").click();
        await see(page).toHaveURL(/\?range=1d$/);
        await range("7 d").click();
        await see(page).toHaveURL(/\?range=7d$/);
        await page.goBack();
        await see(range("1 d")).toHaveAttribute("aria-pressed", "true");
        await page.reload();
        await see(range("1 d")).toHaveAttribute("aria-pressed", "true");
        const before = ago(6 * DAY);
        await open(page, `${CHECKOUT}?at=${before}`);
        const past = sloStatus.parse(await ask(`/api/v1${SLO_API}?at=${before}`));
        see(past.remaining).toBeGreaterThan(0);
        await see(page.getByLabel("Verdict")).not.toContainText("Exhausted");
        await page.getByRole("button", { name: "Back to now" }).click();
        await see(page).toHaveURL(origin + CHECKOUT);
        await see(page.getByLabel("Verdict")).toContainText("Exhausted");
      }),
    );

    test(
      "explains its budget with the figures of the API",
      visiting(async (page) => {
        const at = ago(HOUR);
        const { good, total, remaining } = sloStatus.parse(await ask(`/api/v1${SLO_API}?at=${at}`));
        await open(page, `${CHECKOUT}?at=${at}`);
        await explain(page, "Budget left, 30d");
        const panel = page.getByRole("dialog");
        await see(panel.getByRole("row", { name: "difference" })).toContainText(
          count(good) + count(total),
        );
        await see(panel).toContainText(`total − good${count(total - good)}`);
        await see(panel).toContainText(`1 − spent${percent(remaining as number)}`);
        await see(panel).toContainText('http_requests_total{service="checkout"');
      }),
    );

    test(
      "is found under its old name",
      visiting(async (page) => {
        await open(page, "/services/recs/slos/availability");
        await see(page).toHaveURL(`${origin}/services/recommendations/slos/availability`);
        await see(page.getByLabel("Verdict")).toContainText("Healthy");
      }),
    );

    test(
      "whose document was taken away says that it has retired",
      visiting(async (page) => {
        await open(page, "/services/ledger/slos/postings");
        await see(page.getByLabel("Verdict")).toContainText("Retired since");
        await open(page, "/?q=service:ledger");
        await see(page.getByText("No SLO matches this filter")).toBeVisible();
      }),
    );

    test(
      "that there is not says where to look",
      visiting(async (page) => {
        await open(page, "/services/checkout/slos/nothing");
        await see(page.getByText("There is no SLO checkout/nothing")).toBeVisible();
        await page.getByRole("link", { name: "All SLOs of checkout" }).click();
        await see(page).toHaveURL(`${origin}/services/checkout`);
      }),
    );
  });

  test(
    "the sources name the one that is away and the place of the error",
    visiting(async (page) => {
      await open(page, "/sources");
      await see(page.getByRole("region", { name: "Source main" })).toContainText("Answering");
      const edge = page.getByRole("region", { name: "Source edge" });
      await see(edge).toContainText("Not answering");
      await see(edge).toContainText("HTTP 503");
      await see(page.locator("main")).toContainText(
        /platform\/notifications\.yaml:\d+:\d+ target-range/,
      );
    }),
  );

  test("a page that is left open goes on by itself", async () => {
    await see.poll(() => dataThrough(live.page), { timeout: 100_000 }).toBeGreaterThan(liveSince);
    see(live.problems).toEqual([]);
  });
});

const SLO_API = "/slos/checkout/availability";
const SHOP_LATENCY = ["cart/latency", "checkout/latency", "orders/latency-p95"];

/** A whole minute so long ago, as addresses write it. */
function ago(ms: number): string {
  const at = Math.floor((Date.now() - ms) / MINUTE) * MINUTE;
  return new Date(at).toISOString().replace(":00.000Z", ":00Z");
}

function row(page: Page, name: string) {
  const [service, slo] = name.split("/");
  return page.locator(`tr:has(a[href="/services/${service}/slos/${slo}"])`);
}

function tally(page: Page, state: (typeof SLO_STATES)[number]) {
  const word = state === "at-risk" ? "At risk" : state;
  return page.getByRole("group", { name: "SLOs by state" }).getByRole("button", { name: word });
}

/** A key acts once the page is awake and its rows have arrived: it is pressed until it does. */
async function pressUntil(page: Page, key: string, wanted: Locator): Promise<void> {
  await see(async () => {
    await page.keyboard.press(key);
    await see(wanted).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
}

function openHelp(page: Page): Promise<void> {
  return pressUntil(page, "?", page.getByRole("dialog", { name: "Keys" }));
}

async function openPalette(page: Page, text: string): Promise<void> {
  const box = page.getByRole("dialog").getByRole("combobox");
  await pressUntil(page, "ControlOrMeta+k", box);
  await box.fill(text);
  await see(page.getByRole("option", { selected: true })).toContainText(text);
}

async function showCharts(page: Page): Promise<void> {
  await see(page.locator("figure .recharts-surface").nth(3)).toBeVisible();
}

async function showTables(page: Page): Promise<void> {
  await showCharts(page);
  for (const title of ["Budget left", "Burn rate", "SLI", "Events"]) {
    await page.getByRole("button", { name: `Show as table: ${title}` }).click();
  }
  await see(page.locator("figure table")).toHaveCount(4);
}

/** How far the main source's data reaches, as the page says it; epoch ms. */
async function dataThrough(page: Page): Promise<number> {
  const fact = page
    .getByRole("region", { name: "Source main" })
    .locator("dt", { hasText: "Data through" });
  const moment = await fact.locator("xpath=..").locator("time").getAttribute("datetime");
  return Date.parse(moment ?? "");
}

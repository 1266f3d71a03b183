import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, test } from "vitest";
import { truthCases } from "#bench/truth/cases.ts";
import { openMetricsDays, playCases, type Truth } from "#bench/truth/openmetrics.ts";
import { DAY } from "#lib/time/duration.ts";
import { audit } from "./audit.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import { type Product, startProduct, until } from "./product.ts";
import { AGAIN, open, see } from "./see.ts";
import type { RunningServer } from "./servers/process.ts";
import { missingPrometheus, startPrometheus } from "./servers/prometheus.ts";
import { openVisit, type Visit } from "./visit.ts";

const absent = missingBrowser() ?? missingPrometheus();
/** The day in which we are is a whole one, of which only the past is scraped. */
const TODAY = Math.floor(Date.now() / DAY) * DAY;
const SPAN = { from: TODAY - 3 * DAY, to: TODAY + DAY };

/** A file as somebody keeps it for Sloth. */
const SLOTH = `version: prometheus/v1
service: steady
slos:
  - name: availability
    objective: 99
    sli:
      events:
        error_query: sum(rate(http_requests_total{job="steady",code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total{job="steady"}[{{.window}}]))
`;

/** In force from the beginning; its lines end as Windows ends them. */
const IN_FORCE = SLOTH.replace("service: steady", "service: kept").replaceAll("\n", "\r\n");

describe.skipIf(absent)(`the editor${absent ? ` (${absent})` : ""}`, AGAIN, () => {
  let truth: Truth;
  let server: RunningServer;
  let product: Product;
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    truth = scrapedUntil(Date.now());
    folder = mkdtempSync(join(tmpdir(), "plimsoll-editor-"));
    mkdirSync(join(folder, "slos"));
    writeFileSync(join(folder, "slos/kept.yaml"), IN_FORCE);
    [server, browser] = await Promise.all([
      startPrometheus({ history: openMetricsDays(truth) }),
      openBrowser(),
    ]);
    product = await startProduct({
      PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "data")}`,
      PLIMSOLL_SLOS: join(folder, "slos/*.yaml"),
      PLIMSOLL_PROMETHEUS_URL: server.url,
    });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function visitEditor(path = "/editor"): Promise<Visit> {
    const visit = await openVisit(browser, product.url);
    await open(visit.page, path);
    await visit.page.locator(".cm-content").waitFor();
    return visit;
  }

  test("shows the budget of a pasted Sloth file, which is what there was", async () => {
    const visit = await visitEditor();
    await see(visit.page.locator("main")).toContainText("This is an example.");
    await paste(visit.page, SLOTH);
    const whole = visit.page.locator("dd", { hasText: / of 30 d$/ });
    await see(whole).toContainText(/^3 d/);
    await see(visit.page.getByRole("region", { name: "Findings" })).toContainText("window-assumed");
    const [bad, total] = await eventsIn(visit.page);
    const told = countedIn(truth);
    see(Math.abs(total - told.total)).toBeLessThan(told.total * 0.005);
    see(Math.abs(bad - told.bad)).toBeLessThan(told.bad * 0.01);
    see(visit.page.url()).not.toContain("rate");
    see(await audit(visit.page)).toEqual([]);
    see(visit.problems).toEqual([]);
    await visit.close();
  });

  test("never shows a query that matches nothing as good", async () => {
    const visit = await visitEditor();
    await paste(visit.page, SLOTH.replaceAll("http_requests_total", "http_request_total"));
    const preview = visit.page.getByRole("region", { name: "Preview" });
    await see(preview).toContainText("No data: the query matches nothing");
    await see(preview).not.toContainText("100 %");
    await paste(visit.page, SLOTH.replace('"5.."', '"9.."'));
    await see(preview).toContainText("The query of bad events matches no series in this time.");
    await visit.close();
  });

  test("tells each mistake at its place, and leads there", async () => {
    const visit = await visitEditor();
    await paste(visit.page, SLOTH.replace("objective: 99", "objective: 990"));
    const finding = visit.page.getByRole("button", { name: /5:16 slos\[0\]\.objective/ });
    await see(finding).toContainText("target-range");
    await see(visit.page.locator(".cm-lintRange-error")).toHaveText("990");
    await finding.press("Enter");
    await see(visit.page.locator(".cm-activeLine")).toContainText("objective: 990");
    await see(visit.page.getByLabel("SLO document")).toBeFocused();
    await visit.close();
  });

  test("completes fields, metrics and labels, and is left by Escape and Tab", async () => {
    const visit = await visitEditor();
    const { page } = visit;
    await paste(page, "service: a\nslos:\n  - name: b\n    sli:\n      ");
    await page.keyboard.type("to");
    const offered = page.locator(".cm-tooltip-autocomplete li");
    await see(offered.first()).toHaveText("total");
    await offered.first().click();
    await page.keyboard.type("sum(rate(http_req");
    await see(offered.first()).toHaveText("http_requests_total");
    await offered.first().click();
    await page.keyboard.type("{co");
    await see(offered.first()).toHaveText("code");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await see(page.getByLabel("SLO document")).not.toBeFocused();
    see(visit.problems).toEqual([]);
    await visit.close();
  });

  test("keeps what was written when the page is loaded anew", async () => {
    const visit = await visitEditor();
    await paste(visit.page, "service: mine");
    await see(visit.page.getByRole("region", { name: "Findings" })).toContainText("missing-field");
    await visit.page.reload();
    await see(visit.page.locator(".cm-content")).toContainText("service: mine");
    await visit.page.getByRole("button", { name: "Begin anew" }).click();
    await see(visit.page.locator(".cm-content")).toContainText("service: checkout");
    await visit.close();
  });

  test("shows what changes in the document of an SLO in force", async () => {
    const api = `${product.url}/api/v1/slos/kept/availability`;
    await until("the document is in force", async () => (await fetch(api)).ok, 120_000);
    const visit = await openVisit(browser, product.url);
    await open(visit.page, "/services/kept/slos/availability");
    await visit.page.getByRole("link", { name: "Edit document" }).click();
    const save = visit.page.getByRole("region", { name: "Save" });
    await see(save).toContainText("as it is in force: nothing to save");
    await visit.page.locator(".cm-line", { hasText: "objective: 99" }).click();
    await visit.page.keyboard.press("End");
    await visit.page.keyboard.type(".5");
    const lines = save.locator("pre > span");
    await see(lines.filter({ hasText: /^[-+] / })).toHaveText([
      "-    objective: 99",
      "+    objective: 99.5",
    ]);
    see(await audit(visit.page)).toEqual([]);
    see(visit.problems).toEqual([]);
    await visit.close();
  });
});

/** Puts a text in place of what is in the editor, by pasting. */
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+v");
}

/** Bad and all events as the preview shows them. */
async function eventsIn(page: Page): Promise<[number, number]> {
  const figure = page.locator("dt", { hasText: "Bad events" }).locator("xpath=following::dd[1]");
  const [bad = "", total = ""] = (await figure.innerText()).replaceAll(",", "").split(" of ");
  return [Number(bad), Number(total)];
}

/** The steady case, as a server knows it that has scraped until now. */
function scrapedUntil(now: number): Truth {
  const cases = truthCases(SPAN).filter(({ name }) => name === "steady");
  const played = playCases(cases, SPAN);
  const past = [...played.cases].map(([name, simulated]) => {
    const scrapes = simulated.scrapes.filter(({ at }) => at <= now);
    const minutes = simulated.truth.filter(({ at }) => at <= now);
    return [name, { ...simulated, scrapes, truth: minutes }] as const;
  });
  return { span: SPAN, cases: new Map(past) };
}

function countedIn({ cases }: Truth): { bad: number; total: number } {
  const minutes = cases.get("steady")?.truth ?? [];
  return {
    bad: minutes.reduce((sum, minute) => sum + minute.bad, 0),
    total: minutes.reduce((sum, minute) => sum + minute.total, 0),
  };
}

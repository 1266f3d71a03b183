import { gzipSync } from "node:zlib";
import type { Browser, Page } from "@playwright/test";
import { fillForPages } from "#bench/pages/fill.ts";
import { type Figure, type Report, reportOf } from "#bench/report.ts";
import { quantile } from "#bench/timing.ts";
import { openStore } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { chromiumPath, openBrowser } from "../e2e/browser.ts";
import { ensureBuild, startProduct } from "../e2e/product.ts";
import { startPostgres } from "../e2e/servers/postgres.ts";

const EMPTY = "/no-such-page";
const PAGES = [
  { what: "fleet page", path: "/", scriptsOverEmpty: 80 },
  { what: "SLO page", path: "/services/service-0/slos/slo-0", scriptsOverEmpty: 180 },
];
const SLOS = 100;
const SLOW_DOWN = 4;
const RUNS = 5;
/** Shifts come late, when data and lazy parts arrive. */
const SETTLED_MS = 2_000;

/** What a first visit downloads and how soon it stands still, with 100 SLOs. */
export async function browserBench(): Promise<Report> {
  await ensureBuild();
  const server = await startPostgres();
  try {
    const database = await server.createDatabase();
    const store = await openStore(database);
    await migrate(store);
    await fillForPages(store, SLOS);
    await store.close();
    return await measure(database);
  } finally {
    await server.stop();
  }
}

async function measure(database: string): Promise<Report> {
  const product = await startProduct({ PLIMSOLL_DATABASE_URL: database, PLIMSOLL_ROLE: "web" });
  try {
    const figures = [...(await scripts(product.url)), ...(await paints(product.url))];
    return reportOf("First visit in a browser", figures);
  } finally {
    await product.stop();
  }
}

async function scripts(url: string): Promise<Figure[]> {
  const empty = { what: "an empty page", value: await scriptKilobytes(url, EMPTY) };
  const figures: Figure[] = [];
  for (const { what, path, scriptsOverEmpty } of PAGES) {
    const value = await scriptKilobytes(url, path);
    figures.push({ what: `${what}: scripts, gzip`, value, unit: "KB", against: empty });
    figures.push({
      what: `${what}: scripts over an empty page`,
      value: value - empty.value,
      unit: "KB",
      promise: { atMost: scriptsOverEmpty },
    });
  }
  return figures;
}

/** Every script that the HTML names; those that load on first use are not among them. */
async function scriptKilobytes(url: string, path: string): Promise<number> {
  const html = await (await fetch(url + path)).text();
  const named = [...html.matchAll(/<script[^>]* src="([^"]+\.js[^"]*)"([^>]*)>/g)]
    .filter(([tag]) => !/\bnomodule\b/i.test(tag))
    .map(([, src]) => src as string);
  if (named.length === 0) throw new Error(`${path} names no scripts`);
  let bytes = 0;
  for (const src of new Set(named)) {
    const answer = await fetch(new URL(src, url));
    if (!answer.ok) throw new Error(`${src} answered ${answer.status}`);
    bytes += gzipSync(Buffer.from(await answer.arrayBuffer())).length;
  }
  return bytes / 1000;
}

/** LCP and layout shift need a browser; without one the scripts are measured alone. */
async function paints(url: string): Promise<Figure[]> {
  if (chromiumPath() === null) {
    console.error(
      "no browser: largest paint and layout shift are not measured; apt-get install chromium",
    );
    return [];
  }
  const browser = await openBrowser();
  try {
    const figures: Figure[] = [];
    for (const { what, path } of PAGES) figures.push(...(await paintOf(browser, url + path, what)));
    return figures;
  } finally {
    await browser.close();
  }
}

async function paintOf(browser: Browser, url: string, what: string): Promise<Figure[]> {
  const visits: Visit[] = [];
  for (let run = 0; run < RUNS; run++) visits.push(await visit(browser, url));
  const paint = quantile(
    visits.map(({ paintMs }) => paintMs),
    0.5,
  );
  // Half pixels of text that is drawn anew are no shift that a person sees.
  const shift = Math.round(Math.max(...visits.map((each) => each.shift)) * 1_000) / 1_000;
  const kilobytes = Math.max(...visits.map((each) => each.kilobytes));
  return [
    { what: `${what}: scripts until it rests, gzip`, value: kilobytes, unit: "KB" },
    {
      what: `${what}: largest paint, CPU ${SLOW_DOWN}x slower, median of ${RUNS}`,
      value: paint,
      unit: "ms",
      promise: { atMost: 1_000 },
    },
    {
      what: `${what}: layout shift, worst of ${RUNS}`,
      value: shift,
      unit: "",
      promise: { atMost: 0 },
    },
  ];
}

interface Paints {
  readonly paintMs: number;
  readonly shift: number;
}

interface Visit extends Paints {
  /** Of all scripts, those that load by themselves after the first included. */
  readonly kilobytes: number;
}

/** Counts the scripts of a page from now on; the function it gives sums up. */
function watchScripts(page: Page): () => Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  return async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
}

/** Each with an empty cache. */
async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW_DOWN });
    const scripts = watchScripts(page);
    await page.goto(url, { waitUntil: "load" });
    await page.waitForTimeout(SETTLED_MS);
    const paints = await page.evaluate(readPaints);
    return { ...paints, kilobytes: await scripts() };
  } finally {
    await context.close();
  }
}

/** Runs in the page: buffered entries tell of what happened before it. */
function readPaints(): Promise<Paints> {
  const found = { paintMs: 0, shift: 0 };
  const observe = (type: string, each: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({
      type,
      buffered: true,
    });
  observe("largest-contentful-paint", (entry) => {
    found.paintMs = Math.max(found.paintMs, entry.startTime);
  });
  observe("layout-shift", (entry) => {
    found.shift += (entry as PerformanceEntry & { value: number }).value;
  });
  return new Promise((resolve) => setTimeout(() => resolve(found), 500));
}

if (import.meta.main) console.log((await browserBench()).text);

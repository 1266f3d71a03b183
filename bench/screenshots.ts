import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { openBrowser } from "../e2e/browser.ts";
import { openDemo } from "../e2e/demo.ts";
import { ensureBuild } from "../e2e/product.ts";
import { open, see } from "../e2e/see.ts";
import { openVisit } from "../e2e/visit.ts";

const FOLDER = "docs/images";
const MOST_BYTES = 300_000;

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly theme: "light" | "dark";
  readonly ready: (page: Page) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  {
    name: "fleet-light",
    path: "/",
    theme: "light",
    ready: (page) => see(page.locator("main [data-row-link]").first()).toBeVisible(),
  },
  {
    name: "slo-dark",
    path: "/services/checkout/slos/availability",
    theme: "dark",
    ready: (page) => see(page.locator("figure .recharts-surface").nth(3)).toBeVisible(),
  },
];

/** The pictures of the README, taken of the demo: `node bench/screenshots.ts`. */
async function takeAll(): Promise<void> {
  await ensureBuild();
  mkdirSync(FOLDER, { recursive: true });
  const [demo, browser] = await Promise.all([openDemo(), openBrowser()]);
  try {
    for (const picture of PICTURES) await take(browser, demo.product.url, picture);
  } finally {
    await browser.close();
    await demo[Symbol.asyncDispose]();
  }
}

async function take(browser: Browser, origin: string, picture: Picture): Promise<void> {
  const { name, path, theme, ready } = picture;
  const visit = await openVisit(browser, origin, {
    colorScheme: theme,
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
  });
  await open(visit.page, path);
  await ready(visit.page);
  const file = join(FOLDER, `${name}.png`);
  await visit.page.screenshot({ path: file, animations: "disabled" });
  await visit.close();
  const bytes = statSync(file).size;
  if (bytes > MOST_BYTES) throw new Error(`${file} has ${bytes} bytes, more than ${MOST_BYTES}`);
  console.log(`${file}: ${Math.round(bytes / 1000)} KB`);
}

await takeAll();

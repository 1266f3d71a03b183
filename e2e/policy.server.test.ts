import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainDocument } from "#jobs/testing.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { AGAIN, see } from "./see.ts";
import { openVisit } from "./visit.ts";

const absent = missingBrowser();
const PAGES = [
  "/",
  "/services/shop",
  "/services/shop/slos/a",
  "/sources",
  "/teams/crew",
  "/settings",
  "/settings/people",
  "/settings/tokens",
  "/settings/webhooks",
  "/settings/audit",
  "/no-such-page",
  "/services/nobody/slos/none",
];

describe.skipIf(absent)(`the policy of pages${absent ? ` (${absent})` : ""}`, AGAIN, () => {
  let folder: string;
  let product: Product;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plimsoll-policy-"));
    writeFileSync(join(folder, "slo-shop.yaml"), plainDocument("shop", [{ name: "a" }]));
    product = await startProduct({
      PLIMSOLL_NO_AUTH: "1",
      PLIMSOLL_PROMETHEUS_URL: "http://127.0.0.1:9",
      PLIMSOLL_SLOS: join(folder, "slo-*.yaml"),
      PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "db", "data")}`,
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("gives every response of a page its own nonce, and every script carries it", async () => {
    const nonces = new Set<string>();
    let scripts = 0;
    for (const path of [...PAGES, "/"]) {
      const answer = await fetch(product.url + path);
      const policy = answer.headers.get("content-security-policy") ?? "";
      const [, nonce = ""] =
        /script-src 'self' 'nonce-([A-Za-z0-9+/]{24})' 'strict-dynamic';/.exec(policy) ?? [];
      const tags = (await answer.text()).match(/<script[^>]*>/g) ?? [];
      expect(nonce).not.toBe("");
      expect(tags.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
      nonces.add(nonce);
      scripts += tags.length;
    }
    expect(nonces.size).toBe(PAGES.length + 1);
    console.log(
      `${nonces.size} responses, ${nonces.size} nonces, ${scripts} scripts, all with theirs`,
    );
  });

  test.each(PAGES)("is kept by %s", async (path) => {
    const visit = await openVisit(browser, product.url);
    await visit.page.goto(path);
    await see(visit.page.locator("h1:visible")).toBeVisible();
    // What the theme's own inline script sets: it ran.
    await see(visit.page.locator("html[data-theme]")).toBeAttached();
    expect(visit.problems).toEqual([]);
    await visit.close();
  });

  test("keeps what was slipped into a page from running", async () => {
    const visit = await openVisit(browser, product.url);
    const blocked: string[] = [];
    visit.page.on("console", (message) => {
      if (/violates.*Content Security Policy/.test(message.text())) blocked.push(message.text());
    });
    await visit.page.route("**/sources", async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace("</body>", `${SLIPPED}</body>`);
      expect(body).toContain(SLIPPED);
      await route.fulfill({ response, body });
    });
    await visit.page.goto("/sources");
    await see.poll(() => blocked.length).toBe(SLIPPED.split("\n").length);
    expect(await visit.page.evaluate(() => Reflect.get(window, "ran") ?? null)).toBeNull();
    await visit.close();
  });
});

/** A way in on each line. */
const SLIPPED = `<script>window.ran = "script"</script>
<script src="data:text/javascript,window.ran='data'"></script>
<script nonce="">window.ran = "empty nonce"</script>
<img src="data:," onerror="window.ran = 'handler'" alt="">
<base href="https://evil.example/">`;

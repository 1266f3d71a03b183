import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sloPage, sloStatus } from "#app/api/v1/schemas.ts";
import { MINUTE } from "#lib/time/duration.ts";
import { audit } from "./audit.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import { until } from "./product.ts";
import { type NewUser, openNewUser } from "./real.ts";
import { see } from "./see.ts";
import { missingPrometheus } from "./servers/prometheus.ts";
import { missingVictoria } from "./servers/victoria.ts";
import { openVisit } from "./visit.ts";

const absent = missingPrometheus() ?? missingVictoria() ?? missingBrowser();

/** Pyrra's own shape: one SLO for each handler of a server that counts its own requests. */
const DOCUMENT = `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: requests, labels: { pyrra.dev/service: prometheus, pyrra.dev/team: platform } }
spec:
  target: "99"
  window: 30d
  indicator:
    ratio:
      errors: { metric: 'prometheus_http_requests_total{job="itself",code=~"5.."}' }
      total: { metric: 'prometheus_http_requests_total{job="itself"}' }
      grouping: [handler]
`;
const SCRAPED = "handler=/metrics";

describe.skipIf(absent)(`a grouped SLO${absent ? ` (${absent})` : ""}`, () => {
  let user: NewUser;
  let browser: Browser;
  beforeAll(async () => {
    [user, browser] = await Promise.all([openNewUser(), openBrowser()]);
    writeFileSync(join(user.slos, "requests.yaml"), DOCUMENT);
  });
  afterAll(async () => {
    await browser?.close();
    await user?.[Symbol.asyncDispose]();
  });

  const ask = async (path: string) => (await fetch(user.product.url + path)).json();
  const instance = () =>
    ask(`/api/v1/slos/prometheus/requests?instance=${encodeURIComponent(SCRAPED)}`);

  test("has an instance for each handler of a real Prometheus, counted by itself, on its page and by its address", {
    timeout: 6 * MINUTE,
  }, async () => {
    await until(
      "the scraped handler is known",
      async () => {
        const read = sloStatus.safeParse(await instance());
        return read.success && read.data.total > 0;
      },
      4 * MINUTE,
    );
    const { slos } = sloPage.parse(await ask("/api/v1/slos?service=prometheus"));
    const parts = slos.filter(({ instance: of }) => of?.of === "requests");
    const whole = slos.find(({ slo }) => slo === "requests");
    expect(parts.length).toBeGreaterThan(2);
    const scraped = parts.find(({ instance: of }) => of?.labels.handler === "/metrics");
    expect(scraped?.total).toBeGreaterThan(0);
    expect(scraped?.total).toBeLessThan(whole?.total ?? 0);

    const { page, problems, close } = await openVisit(browser, user.product.url);
    await page.goto("/services/prometheus/slos/requests");
    const section = page.getByRole("region", { name: "Instances", exact: true }).first();
    await see(section).toContainText('handler="/metrics"');
    expect(await audit(page)).toEqual([]);
    await section.getByRole("link", { name: 'handler="/metrics"' }).click();
    await page.waitForURL((url) => url.pathname.includes("requests%40metrics"));
    await see(page.getByRole("heading", { level: 1 })).toContainText("requests@metrics");
    await page.goto(`/services/prometheus/slos/requests?instance=${encodeURIComponent(SCRAPED)}`);
    await see(page.getByRole("heading", { level: 1 })).toContainText("requests@metrics");
    expect(problems).toEqual([]);
    await close();
  });

  test("says what is wrong with labels that are none", async () => {
    const answer = await ask("/api/v1/slos/prometheus/requests?instance=metrics");
    expect(answer.error.details[0]).toEqual({
      field: "instance",
      message: "must be label=value, several with commas",
    });
  });
});

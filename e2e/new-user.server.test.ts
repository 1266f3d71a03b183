import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, test } from "vitest";
import { sloStatus } from "#app/api/v1/schemas.ts";
import { count } from "#lib/explain/figures.ts";
import { audit } from "./audit.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import { type Product, startProduct, until } from "./product.ts";
import { countedBy, documentFor, EVENTS, type NewUser, OURS, openNewUser } from "./real.ts";
import { AGAIN, explain, open, rowsOf, see } from "./see.ts";
import { missingPrometheus } from "./servers/prometheus.ts";
import { missingVictoria } from "./servers/victoria.ts";
import { openVisit, type Visit } from "./visit.ts";

const absent = missingBrowser() ?? missingPrometheus() ?? missingVictoria();
const SERVERS = ["prometheus", "victoria"] as const;

describe.skipIf(absent)(`a new user${absent ? ` (${absent})` : ""}`, AGAIN, () => {
  let user: NewUser;
  let browser: Browser;
  /** One tab from the empty product to the first numbers: it is never loaded anew. */
  let fleet: Visit;
  beforeAll(async () => {
    [user, browser] = await Promise.all([openNewUser(), openBrowser()]);
    fleet = await openVisit(browser, user.product.url);
    await open(fleet.page, "/");
  });
  afterAll(async () => {
    await browser?.close();
    await user?.[Symbol.asyncDispose]();
  });

  const write = (name: string, text: string) => writeFileSync(join(user.slos, name), text);

  test("is told to write a document, and where", async () => {
    await see(fleet.page.getByRole("heading", { name: "No SLO document yet" })).toBeVisible();
    see(await audit(fleet.page)).toEqual([]);
  });

  test("is told the place of a mistake", async () => {
    write("prometheus.yaml", "service: prometheus\nslos:\n  - name: requests\n    target: 99.5\n");
    const visit = await openVisit(browser, user.product.url);
    await open(visit.page, "/sources");
    await see(visit.page.locator("main")).toContainText(
      /slos\/prometheus\.yaml:4:13 target-range/,
      PATIENT,
    );
    await see(fleet.page.getByRole("heading", { name: "Every document has an error" })).toBeVisible(
      PATIENT,
    );
    see(visit.problems).toEqual([]);
    await visit.close();
    for (const name of SERVERS) write(`${name}.yaml`, documentFor(name));
  });

  test("without any source is told how to name one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plimsoll-nothing-"));
    const product = await startProduct({
      PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "data")}`,
      PLIMSOLL_SLOS: join(folder, "*.yaml"),
      PLIMSOLL_PROMETHEUS_URL: "",
    });
    const visit = await openVisit(browser, product.url);
    await open(visit.page, "/");
    await see(visit.page.getByRole("heading", { name: /Which Prometheus/ })).toBeVisible();
    see(await audit(visit.page)).toEqual([]);
    await open(visit.page, "/sources");
    await see(visit.page.locator("main")).toContainText("No source is configured");
    see(await audit(visit.page)).toEqual([]);
    see(visit.problems).toEqual([]);
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("sees all SLOs healthy as soon as a minute has passed, without a reload", async () => {
    const all = SERVERS.flatMap((name) => [`${name}/plimsoll`, `${name}/requests`]);
    await until("every SLO has data", () => haveData(user.product, all), 200_000);
    await see.poll(async () => (await rowsOf(fleet.page)).sort(), PATIENT).toEqual(all);
    const healthy = fleet.page.locator("tr", { hasText: "Healthy" });
    await see(healthy).toHaveCount(all.length, PATIENT);
    see(fleet.problems).toEqual([]);
  });

  test.each(SERVERS.flatMap((name) => [["requests", name] as const, ["plimsoll", name] as const]))(
    "sees of %s what %s itself has counted",
    async (slo, name) => {
      const api = `${user.product.url}/api/v1/slos/${name}/${slo}`;
      const { watermark } = sloStatus.parse(await (await fetch(api)).json());
      const counters = slo === "plimsoll" ? OURS : EVENTS[name];
      const ask = (selector: string) =>
        countedBy(Date.parse(watermark ?? ""), user.servers.get(name) ?? "", selector);
      const [total, bad] = [await ask(counters.total), await ask(counters.bad)];
      see(total).toBeGreaterThan(0);
      const visit = await openVisit(browser, user.product.url);
      await open(visit.page, `/services/${name}/slos/${slo}?at=${watermark}`);
      await explain(visit.page, "SLI, 30d");
      const difference = visit.page.getByRole("dialog").getByRole("row", { name: "difference" });
      await see(difference).toContainText(`difference${count(total - bad)}${count(total)}`);
      see(visit.problems).toEqual([]);
      await visit.close();
    },
  );

  test("finds every source in order", async () => {
    const visit = await openVisit(browser, user.product.url);
    await open(visit.page, "/sources");
    await see(visit.page.locator("main")).toContainText("All 2 sources answer");
    for (const name of SERVERS) {
      await see(visit.page.getByRole("region", { name: `Source ${name}` })).toContainText(
        "Answering",
      );
    }
    await see(visit.page.getByRole("region", { name: "Our own check" })).toContainText("Right");
    await visit.close();
  });
});

/** Documents are looked at, and pages refresh, every quarter or half of a minute. */
const PATIENT = { timeout: 45_000 };

async function haveData({ url }: Product, slos: readonly string[]): Promise<boolean> {
  const answers = await Promise.all(slos.map((slo) => fetch(`${url}/api/v1/slos/${slo}`)));
  if (!answers.every(({ ok }) => ok)) return false;
  const statuses = await Promise.all(answers.map(async (a) => sloStatus.parse(await a.json())));
  return statuses.every(({ total, state }) => total > 0 && state === "healthy");
}

import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { alertPage } from "#app/api/v1/alerts/schema.ts";
import { MINUTE } from "#lib/time/duration.ts";
import { audit } from "./audit.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import { type Chain, openChain, plimsoll } from "./chain/house.ts";
import { askFrom, consoleLink, invite, joinBy, openGuest, PASSWORD, submit } from "./doors.ts";
import { ensureBuild, until } from "./product.ts";
import { see } from "./see.ts";
import { missingAlertmanager, startAlertmanager } from "./servers/alertmanager.ts";
import type { RunningServer } from "./servers/process.ts";
import { missingPrometheus } from "./servers/prometheus.ts";
import type { Visit } from "./visit.ts";

const absent = missingPrometheus() ?? missingAlertmanager() ?? missingBrowser();
const PAGE = "/services/shop/slos/requests";
const EDITOR = { name: "Mira Okafor", email: "mira@example.org" };
const FREEZE = "Feature freeze";
/** Rules and ticks run once a minute each; some of both pass one after another. */
const MINUTES = 6 * MINUTE;

const made = z.object({ token: z.string() });
const status = z.object({ state: z.string(), policyState: z.string() });
const fired = z.array(
  z.object({
    startsAt: z.iso.datetime({ offset: true }),
    labels: z.record(z.string(), z.string()),
    annotations: z.object({ dashboard_url: z.string() }),
  }),
);
const notice = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) });

describe.skipIf(absent)(`an error burst${absent ? ` (${absent})` : ""}`, () => {
  let chain: Chain;
  let browser: Browser;
  let alertmanager: RunningServer;
  let admin: Visit;
  let editor: Visit;
  let gateToken: string;

  beforeAll(async () => {
    await ensureBuild();
    [chain, browser] = await Promise.all([openChain(), openBrowser()]);
    const { url } = chain.product;
    admin = await openGuest(browser, url);
    await joinBy(consoleLink(chain.product), admin, { name: "Ada", email: "ada@example.org" });
    gateToken = await makeToken("gate");
    alertmanager = await startAlertmanager({
      url: `${url}/api/webhooks/alertmanager`,
      token: await makeToken("ingest"),
      port: chain.alertmanagerPort,
    });
    const body = { name: "hook", kind: "webhook", url: chain.receiver.url, team: null };
    await change("POST", "/api/settings/receivers", body);
    editor = await openGuest(browser, url);
    await joinBy(await invite(admin.page, { ...EDITOR, teams: ["payments"] }), editor, {});
  });
  afterAll(async () => {
    await browser?.close();
    await alertmanager?.stop();
    await chain?.[Symbol.asyncDispose]();
  });

  async function change(method: string, path: string, body: object, by = admin): Promise<string> {
    const answer = await askFrom(by.page, { method, path, body });
    expect(answer.status, answer.body).toBeLessThan(300);
    return answer.body;
  }
  async function makeToken(scope: string): Promise<string> {
    const body = { name: scope, scopes: [scope], team: null, days: 30 };
    return made.parse(JSON.parse(await change("POST", "/api/settings/tokens", body))).token;
  }
  async function read(path: string): Promise<unknown> {
    const { body } = await askFrom(admin.page, { method: "GET", path });
    return JSON.parse(body);
  }
  const policyState = async () =>
    status.parse(await read("/api/v1/slos/shop/requests")).policyState;
  const alerts = async () =>
    alertPage.parse(await read("/api/v1/alerts?service=shop&slo=requests")).alerts;
  /** As a pipeline asks before it deploys. */
  const gate = () =>
    plimsoll(["gate", "--service", "shop"], {
      PLIMSOLL_URL: chain.product.url,
      PLIMSOLL_TOKEN: gateToken,
    });
  const gateSays = (code: number, words: RegExp) =>
    until(`the gate ends with ${code}`, async () => {
      const answer = await gate();
      if (answer.code !== code) return false;
      expect(answer.output).toMatch(words);
      return true;
    });
  const told = (type: string) =>
    chain.receiver.arrived
      .map(({ body }) => notice.parse(JSON.parse(body)))
      .filter((each) => each.type === type);

  test("goes from Prometheus through the alert, its link, the policy and the notice to the gate, and an exception lets through until it ends", {
    timeout: 3 * MINUTES,
  }, async () => {
    await until("the hour before is known", async () => (await gate()).code === 0, MINUTES);
    expect(await policyState()).toBe("Healthy");

    chain.shop.break();
    await until("Alertmanager's alert is here", async () => (await alerts()).length > 0, MINUTES);
    const [alert] = await alerts();
    expect(alert).toMatchObject({ tier: "page-fast", tiedBy: "slo", endsAt: null });
    const [posted] = fired.parse(await (await fetch(`${alertmanager.url}/api/v2/alerts`)).json());
    expect(Date.parse(alert?.startsAt ?? "")).toBe(Date.parse(posted?.startsAt ?? ""));

    await until("the policy freezes", async () => (await policyState()) === FREEZE, MINUTES);
    await gateSays(1, /Feature freeze.*of the budget of requests is spent/s);
    await seeOnPage(admin.page);
    await followLink(posted?.annotations.dashboard_url ?? "", alert?.startsAt ?? "");

    await except();
    await gateSays(0, /exception/i);
    await gateSays(1, /Feature freeze/);

    await until("both notices arrive", async () =>
      ["policy.changed", "alert.opened"].every((type) => told(type).length > 0),
    );
    expect(told("policy.changed").map(({ data }) => data.to)).toContain(FREEZE);
    expect(new Set(chain.receiver.arrived.map(({ headers }) => headers["webhook-id"])).size).toBe(
      chain.receiver.arrived.length,
    );
    expect(told("alert.opened")).toHaveLength(1);
    expect(told("policy.changed").filter(({ data }) => data.to === FREEZE)).toHaveLength(1);
    expect([admin.problems, editor.problems]).toEqual([[], []]);
  });

  /** What the team sees: our own tier's alert, the one from outside beside it, and the policy. */
  async function seeOnPage(page: Page): Promise<void> {
    await page.goto(PAGE);
    await see(page.getByText(FREEZE).first()).toBeVisible();
    const firings = page.getByRole("region", { name: "Alerts", exact: true });
    await see(firings).toContainText("page-fast");
    await see(firings).toContainText("ErrorBudgetBurn");
  }

  /** What the person on call does: presses the link of the alert on a phone, and signs in. */
  async function followLink(link: string, startsAt: string): Promise<void> {
    const viewport = { width: 390, height: 844 };
    const phone = await openGuest(browser, chain.product.url, { viewport });
    const { page } = phone;
    await page.goto(link);
    await page.waitForURL((url) => url.pathname === "/sign-in");
    await submit(page, { email: EDITOR.email, password: PASSWORD });
    await page.waitForURL((url) => url.pathname === PAGE);
    const at = Date.parse(startsAt);
    const range = new URL(page.url()).searchParams;
    expect(range.get("tier")).toBe("page-fast");
    // Ours began with the minute in which it was seen; the rule outside when Prometheus looked.
    const landed = Date.parse(range.get("at") ?? "");
    expect(Math.abs(landed - at)).toBeLessThanOrEqual(2 * MINUTE);
    expect(Date.parse(range.get("from") ?? "")).toBe(landed - 3 * MINUTE);
    // It fires still, so the page goes on with the data.
    expect(range.get("to")).toBeNull();
    const landing = page.getByRole("region", { name: "Alert", exact: true });
    await see(landing).toContainText("Burns since");
    await see(landing).toContainText(FREEZE);
    expect(await audit(page)).toEqual([]);
    expect(phone.problems).toEqual([]);
    await phone.close();
  }

  /** Asked for by one person and approved by another; it ends by itself, within the minute. */
  async function except(): Promise<void> {
    const expiresAt = new Date(Date.now() + 20_000).toISOString();
    const words = { justification: "The fix itself", risk: "None known", mitigations: "Watched" };
    const asked = { service: "shop", need: "launch", expiresAt, ...words };
    await change("POST", "/api/exceptions", asked, editor);
    await change("PUT", "/api/exceptions/1/decision", { decision: "approved" });
  }
});

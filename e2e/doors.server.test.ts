import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import type { Browser, Cookie, Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { audit } from "./audit.ts";
import { missingBrowser, openBrowser } from "./browser.ts";
import {
  askFrom,
  awake,
  consoleLink,
  type House,
  invite,
  joinBy,
  newAddress,
  openGuest,
  openHouse,
  PASSWORD,
  SLO,
  seeSignedIn,
  submit,
} from "./doors.ts";
import { ensureBuild } from "./product.ts";
import { see } from "./see.ts";
import type { Visit } from "./visit.ts";

const absent = missingBrowser();

describe.skipIf(absent)(`the doors${absent ? ` (${absent})` : ""}`, () => {
  let house: House;
  let browser: Browser;
  let url: string;
  let firstLink: string;
  /** Whoever set Plimsoll up: came by the link on the console, and stays signed in. */
  let admin: Visit;
  beforeAll(async () => {
    await ensureBuild();
    [house, browser] = await Promise.all([openHouse({}), openBrowser()]);
    url = house.product.url;
    firstLink = consoleLink(house.product);
    admin = await openGuest(browser, url);
    await joinBy(firstLink, admin, { name: "Ada Byron", email: "ada@example.com" });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.[Symbol.asyncDispose]();
  });

  const guest = async (options = {}) => {
    const visit = await openGuest(browser, url, options);
    onTestFinished(() => visit.close());
    return visit;
  };
  let guests = 0;
  /** A new person who has come by an invitation, with a tab of their own. */
  const member = async (as: { admin?: boolean; teams?: string[] } = {}) => {
    const email = `guest-${++guests}@example.com`;
    const link = await invite(admin.page, { email, name: `Guest ${guests}`, ...as });
    const visit = await guest();
    await joinBy(link, visit, {});
    return { ...visit, email, link, name: `Guest ${guests}` };
  };
  /** Asks without a browser. */
  const ask = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    fetch(`${url}${path}`, {
      redirect: "manual",
      ...init,
      headers: { "x-forwarded-for": newAddress(), ...init.headers },
    });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", origin: url, ...headers },
    });
  const signIn = (email: string, password: string, from = newAddress()) =>
    post("/api/auth/sign-in/email", { email, password }, { "x-forwarded-for": from });

  describe("a link", () => {
    test("on the console makes the first admin, who lands signed in", async () => {
      await seeSignedIn(admin.page, "Ada Byron");
      const answer = await admin.page.goto("/settings/people");
      expect(answer?.status()).toBe(200);
      await see(admin.page.locator("main")).toContainText("1 person");
      expect(admin.problems).toEqual([]);
    });

    test("does not work twice, and says what to do", async () => {
      const { page, problems } = await guest();
      await page.goto(firstLink);
      await see(page.getByRole("heading", { name: "This link cannot be used" })).toBeVisible();
      expect(await audit(page)).toEqual([]);
      const token = new URL(firstLink).searchParams.get("token");
      const again = { token, name: "Eve", email: "eve@example.com", password: PASSWORD };
      const answer = await post("/api/welcome", again);
      expect(answer.status).toBe(410);
      expect(await answer.text()).toContain("Ask an admin for another one");
      expect(problems).toEqual([]);
    });

    test("that is used by ten at once lets one in", async () => {
      const link = await invite(admin.page, { email: "race@example.com", name: "Racer" });
      const token = new URL(link).searchParams.get("token");
      const typed = { token, name: "Racer", email: "race@example.com", password: PASSWORD };
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => post("/api/welcome", typed)),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([200, ...Array<number>(9).fill(410)]);
    });

    test("asks for a good password, in words beside the field", async () => {
      const link = await invite(admin.page, { email: "short@example.com", name: "Short" });
      const { page, problems } = await guest();
      await page.goto(link);
      await awake(page);
      const token = new URL(link).searchParams.get("token");
      const typed = { token, name: "Short", email: "short@example.com", password: "too short" };
      const answer = await post("/api/welcome", typed);
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({
        error: { details: [{ field: "password", message: "must have at least 12 characters" }] },
      });
      expect(await audit(page)).toEqual([]);
      await submit(page, { password: PASSWORD });
      await page.waitForURL(`${url}/`);
      expect(problems).toEqual([]);
    });

    test("sets a new password: the old one and its sessions are dead", async () => {
      const person = await member();
      await press(admin.page, { name: person.name, label: "Reset password of" });
      const link = await shownLink(admin.page);
      const visit = await guest();
      await visit.page.goto(link);
      await see(visit.page.getByLabel("E-mail")).toHaveValue(person.email);
      await submit(visit.page, { password: "a second password of theirs" });
      await seeSignedIn(visit.page, person.name);
      await person.page.goto("/");
      expect(new URL(person.page.url()).pathname).toBe("/sign-in");
      expect((await signIn(person.email, PASSWORD)).status).toBe(401);
      expect((await signIn(person.email, "a second password of theirs")).status).toBe(200);
      await visit.page.goto(link);
      await see(visit.page.getByRole("heading")).toHaveText("This link cannot be used");
      expect(visit.problems).toEqual([]);
    });
  });

  describe("signing in", () => {
    test.each([
      `${SLO}?at=2026-11-01T00%3A00%3A00.000Z&range=7d`,
      "/settings/people?q=%26%2B&y=a%2Fb",
      "/teams/payments",
      "/",
    ])("leads back to %s", async (path) => {
      const { page, problems } = await guest();
      await page.goto(path);
      expect(new URL(page.url()).pathname).toBe("/sign-in");
      await submit(page, { email: (await newAdmin()).email, password: PASSWORD });
      await page.waitForURL(url + path);
      expect(problems).toEqual([]);
    });
    let another: ReturnType<typeof member> | undefined;
    const newAdmin = () => {
      another ??= member({ admin: true });
      return another;
    };

    test.each([
      "//evil.example/",
      "https://evil.example/",
      "/\\evil.example",
      "javascript:alert(1)",
    ])("never leads to %s", async (next) => {
      const { page } = await guest();
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await submit(page, { email: (await newAdmin()).email, password: PASSWORD });
      await page.waitForURL(`${url}/`);
    });

    test("with a wrong password and of nobody are refused in the same words", async () => {
      const { page } = await guest();
      await page.goto("/sign-in");
      const refused = alertOf(page);
      const told: string[] = [];
      for (const email of ["ada@example.com", "nobody@example.com"]) {
        await submit(page, { email, password: `not the password of ${email}` });
        await see(refused).toHaveText("No account has this e-mail address and password.");
        told.push(await refused.innerText());
        await page.reload();
      }
      await submit(page, { email: "nobody@example.com", password: "wrong again, of course" });
      await see(refused).toBeVisible();
      expect(await audit(page)).toEqual([]);
      expect(new Set(told).size).toBe(1);
      const answers = await Promise.all([
        signIn("ada@example.com", "wrong"),
        signIn("nobody-else@example.com", "wrong"),
      ]);
      const [known, unknown] = await Promise.all(answers.map((answer) => answer.text()));
      expect(answers.map(({ status }) => status)).toEqual([401, 401]);
      expect(known).toBe(unknown);
      console.log(await workOf(["ada@example.com", "nobody@example.com"]));
    });

    test("types no password into an address, should the page never wake", async () => {
      const { page } = await guest({ javaScriptEnabled: false });
      await page.goto("/sign-in");
      await page.getByLabel("E-mail").fill("ada@example.com");
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForLoadState();
      expect(page.url()).toBe(`${url}/sign-in`);
    });

    test("gives another cookie than the one that somebody had put there", async () => {
      const { page } = await guest();
      const planted = "planted.bm90IGEgc2lnbmF0dXJl";
      await page.context().addCookies([{ name: COOKIE, value: planted, url }]);
      await page.goto("/sign-in");
      const { email } = await newAdmin();
      await submit(page, { email, password: PASSWORD });
      await page.waitForURL(`${url}/`);
      const first = await sessionCookie(page.context().cookies());
      expect(first?.value).not.toBe(planted);
      expect(first).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/", secure: false });
      expect((await page.context().cookies()).filter(({ name }) => name === COOKIE)).toHaveLength(
        1,
      );
      const again = await signIn(email, PASSWORD);
      expect(again.headers.getSetCookie().join()).not.toContain(first?.value);
    });

    /** Median ms of a refused sign-in as each of them, in turns, so that both meet the same load. */
    async function workOf(emails: readonly string[]): Promise<string> {
      const times = emails.map((): number[] => []);
      for (let i = 0; i < 5 * emails.length; i++) {
        const started = performance.now();
        await signIn(emails[i % emails.length] ?? "", "wrong");
        times[i % emails.length]?.push(performance.now() - started);
      }
      const medians = times.map((each) => Math.round(each.sort((x, y) => x - y)[2] ?? 0));
      return emails.map((email, i) => `${email}: refused in ${medians[i]} ms`).join(", ");
    }
  });

  describe("whoever guesses", () => {
    const tooMany = async (answers: readonly Response[]) => {
      const statuses = answers.map(({ status }) => status);
      console.log(statuses.join(" "));
      expect(statuses.filter((status) => status === 401)).toHaveLength(10);
      expect(new Set(statuses.slice(10))).toEqual(new Set([429]));
      for (const answer of answers.slice(10)) {
        expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
        expect((await answer.json()).error.message).toMatch(/Too many attempts/);
      }
    };

    test("one account's password, from a new address each time, waits after ten", async () => {
      const { email } = await member();
      const answers: Response[] = [];
      // Coming by the invitation was the first.
      for (let i = 0; i < 12; i++) answers.push(await signIn(email.toUpperCase(), `guess ${i}`));
      const statuses = answers.map(({ status }) => status);
      console.log(statuses.join(" "));
      expect(statuses).toEqual([...Array<number>(9).fill(401), 429, 429, 429]);
      expect(Number(answers[11]?.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await signIn(email, PASSWORD)).status).toBe(429);
      const { page } = await guest();
      await page.goto("/sign-in");
      await submit(page, { email, password: PASSWORD });
      await see(alertOf(page)).toContainText(/Too many attempts for this account; try/);
    });

    test("many accounts' passwords from one address waits after ten", async () => {
      const from = newAddress();
      const answers: Response[] = [];
      for (let i = 0; i < 12; i++) answers.push(await signIn(`${i}@example.com`, "guess", from));
      await tooMany(answers);
    });
  });

  describe("an invited viewer", () => {
    test("comes by a link that an admin makes on the page of people, and sees the fleet", async () => {
      const { page } = admin;
      await page.goto("/settings/people");
      await page.getByRole("button", { name: "Invite", exact: true }).click();
      await page.getByLabel("Name").fill("Grace Hopper");
      await page.getByLabel("E-mail").fill("Grace@Example.com");
      await page.getByRole("button", { name: "Make invitation link" }).click();
      const link = await shownLink(page);
      const grace = await guest();
      await grace.page.goto(link);
      await see(grace.page.getByLabel("E-mail")).toHaveValue("grace@example.com");
      await see(grace.page.getByLabel("Name")).toHaveValue("Grace Hopper");
      await submit(grace.page, { password: PASSWORD });
      await seeSignedIn(grace.page, "Grace Hopper");
      await see(grace.page.locator("main")).toContainText("shop");
      expect(grace.problems).toEqual([]);
      expect(admin.problems).toEqual([]);
    });

    test("may not open or change what is for admins, and has no controls for it", async () => {
      const { page, problems } = await member();
      const answer = await page.goto("/settings/people");
      expect(answer?.status()).toBe(403);
      await see(page.getByRole("heading", { name: "This page is not for you" })).toBeVisible();
      expect(await page.locator("main").count()).toBe(1);
      expect(await audit(page)).toEqual([]);
      await page.goto("/settings/teams");
      await see(page.getByRole("heading", { name: /payments/ })).toBeVisible();
      expect(await page.locator("main").getByRole("button").count()).toBe(0);
      expect(problems.filter((problem) => !problem.includes("status of 403"))).toEqual([]);
      const changes = [
        { method: "POST", path: "/api/settings/people/invitations", body: {} },
        { method: "PATCH", path: "/api/settings/people/x", body: { admin: true } },
        { method: "POST", path: "/api/settings/people/x/reset", body: {} },
        { method: "DELETE", path: "/api/settings/people/x/sessions" },
        { method: "PUT", path: "/api/settings/teams/payments/editors/x", body: {} },
        { method: "POST", path: "/api/settings/tokens", body: {} },
        { method: "POST", path: "/api/settings/webhooks/github/secrets", body: {} },
        { method: "GET", path: "/api/settings/audit.csv" },
      ];
      const answers = await Promise.all(changes.map((change) => askFrom(page, change)));
      expect(answers.map(({ status }) => status)).toEqual(changes.map(() => 403));
    });

    test("is signed out by being disabled, and stays out", async () => {
      const { page, name, email } = await member();
      await page.goto("/");
      await press(admin.page, { name, label: "Disable" });
      await see(admin.page.getByRole("button", { name: `Enable ${name}` })).toBeVisible();
      expect((await askFrom(page, { method: "GET", path: "/api/views/fleet" })).status).toBe(401);
      await page.goto("/teams/payments");
      expect(page.url()).toBe(`${url}/sign-in?next=%2Fteams%2Fpayments`);
      await submit(page, { email, password: PASSWORD });
      await see(alertOf(page)).toContainText("This account was switched off");
    });
  });

  let boss: ReturnType<typeof openBoss> | undefined;
  const openBoss = async () => {
    const email = "boss@example.com";
    const link = await invite(admin.page, { email, name: "Boss", admin: true });
    const visit = await openGuest(browser, url);
    await joinBy(link, visit, {});
    const cookie = `${COOKIE}=${(await sessionCookie(visit.page.context().cookies()))?.value}`;
    await visit.close();
    return { email, cookie };
  };
  const theBoss = () => {
    boss ??= openBoss();
    return boss;
  };

  test.each<[string, (own: string) => Record<string, string>]>([
    ["another site", () => ({ origin: "https://evil.example" })],
    ["another port of this machine", () => ({ origin: "http://127.0.0.1:1" })],
    ["a page without an origin", () => ({ origin: "null" })],
    ["nowhere", () => ({})],
    ["our name by another protocol", (own) => ({ origin: own.replace("http:", "https:") })],
  ])("what %s asks in an admin's name is refused", async (_, headers) => {
    const { cookie, email } = await theBoss();
    const body = { email: "mallory@example.com", name: "Mallory", admin: true };
    const asked = (path: string, what: unknown) =>
      ask(path, {
        method: "POST",
        body: JSON.stringify(what),
        headers: { "content-type": "application/json", cookie, ...headers(url) },
      });
    expect((await asked("/api/settings/people/invitations", body)).status).toBe(403);
    expect((await asked("/api/auth/sign-out", {})).status).toBe(403);
    const typed = { email, password: PASSWORD };
    expect((await asked("/api/auth/sign-in/email", typed)).status).toBe(403);
    const mine = await ask("/api/views/fleet", { headers: { cookie } });
    expect(mine.status).toBe(200);
  });

  test("signing out ends the session on the server too", async () => {
    const { page, problems } = await member();
    const cookie = `${COOKIE}=${(await sessionCookie(page.context().cookies()))?.value}`;
    expect((await ask("/api/views/fleet", { headers: { cookie } })).status).toBe(200);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${url}/sign-in`);
    expect(await sessionCookie(page.context().cookies())).toBeUndefined();
    expect((await ask("/api/views/fleet", { headers: { cookie } })).status).toBe(401);
    await page.goBack();
    await page.waitForURL(/sign-in/);
    expect(problems).toEqual([]);
  });

  test.each([
    ["GET", "get-session"],
    ["POST", "sign-up/email"],
    ["POST", "update-user"],
    ["POST", "change-email"],
    ["POST", "change-password"],
    ["POST", "delete-user"],
    ["GET", "list-sessions"],
    ["GET", "list-accounts"],
    ["POST", "get-access-token"],
    ["POST", "link-social"],
    ["POST", "request-password-reset"],
    ["GET", "ok"],
    ["GET", "error"],
    ["GET", "sign-in/email"],
    ["POST", "callback/corp"],
  ])("%s /api/auth/%s does not exist", async (method, path) => {
    const cookies = await admin.page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const answer = await ask(`/api/auth/${path}`, { method, headers: { cookie, origin: url } });
    expect(answer.status).toBe(404);
  });

  test("behind https, cookies are for https alone, and the browser is told to stay there", async () => {
    const origin = "https://plimsoll.example";
    const secure = await openHouse({
      env: { PLIMSOLL_URL: origin, PLIMSOLL_DATABASE_URL: "pglite://memory" },
    });
    onTestFinished(() => secure[Symbol.asyncDispose]());
    const link = new URL(consoleLink(secure.product));
    expect(link.origin).toBe(origin);
    const person = { email: "ada@example.com", password: PASSWORD };
    const accepted = { token: link.searchParams.get("token"), name: "Ada", ...person };
    const send = (path: string, body?: unknown, cookie = "") =>
      byName(secure.product.url + path, { host: link.host, origin, cookie }, body);
    expect((await send("/api/welcome", accepted)).status).toBe(200);
    const { status, headers } = await send("/api/auth/sign-in/email", person);
    expect(status).toBe(200);
    expect(headers["strict-transport-security"]).toBe("max-age=31536000");
    const [cookie = "", ...more] = headers["set-cookie"] ?? [];
    expect(more).toEqual([]);
    expect(cookie).toMatch(/^__Secure-plimsoll\.session_token=/);
    const attributes = cookie.split("; ").slice(1).sort();
    expect(attributes).toEqual(["HttpOnly", "Max-Age=604800", "Path=/", "SameSite=Lax", "Secure"]);
    const [own = ""] = cookie.split(";");
    expect((await send("/api/views/fleet", undefined, own)).status).toBe(200);
    expect((await send("/api/views/fleet")).status).toBe(401);
  });

  test("the log has who came, who tried, and who went", async () => {
    const { page, email } = await member();
    await signIn(email, "wrong");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${url}/sign-in`);
    const { body } = await askFrom(admin.page, { method: "GET", path: "/api/settings/audit.csv" });
    const rows = body.split("\n").filter((row) => row.includes(`person:${email}`));
    const actions = rows.map((row) => /person\.[\w-]+/.exec(row)?.[0]);
    expect(actions.sort()).toEqual([
      "person.joined",
      "person.sign-in-failed",
      "person.signed-in",
      "person.signed-out",
    ]);
    expect(rows.filter((row) => /10\.1\.\d+\.\d+/.test(row))).toHaveLength(4);
    expect(body).not.toContain(PASSWORD);
    expect(body).not.toContain("token=");
  });
});

const COOKIE = "plimsoll.session_token";

/** Asks by the name that people use, which is not where it listens. */
async function byName(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  const method = body === undefined ? "GET" : "POST";
  const asked = request(address, {
    method,
    headers: { "content-type": "application/json", ...headers },
  });
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  answer.resume();
  return { status: answer.statusCode ?? 0, headers: answer.headers };
}

/** Next has an alert of its own, outside. */
const alertOf = (page: Page) => page.locator("main").getByRole("alert");

/** On the page of people: opens somebody's row and presses a button in it, and in what it asks. */
async function press(page: Page, { name, label }: { name: string; label: string }): Promise<void> {
  await page.goto("/settings/people");
  await page.locator("summary", { hasText: name }).click();
  await page.getByRole("button", { name: `${label} ${name}` }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: label.split(" of")[0] })
    .click();
}

const shownLink = (page: Page) => page.getByLabel("Link, shown this once").inputValue();

async function sessionCookie(cookies: Promise<Cookie[]>): Promise<Cookie | undefined> {
  return (await cookies).find(({ name }) => name.endsWith(COOKIE));
}

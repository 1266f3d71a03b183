import { createServer, type Server } from "node:net";
import type { Browser, Page } from "@playwright/test";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { missingBrowser, openBrowser } from "./browser.ts";
import {
  askFrom,
  awake,
  consoleLink,
  type House,
  invite,
  joinBy,
  openGuest,
  openHouse,
  seeSignedIn,
} from "./doors.ts";
import { chooseAt, type RunningProvider, startProvider, toProvider } from "./oidc/running.ts";
import type { Account, Control } from "./oidc/shapes.ts";
import { ensureBuild, freePort } from "./product.ts";
import { see } from "./see.ts";
import { missingPostgres, type PostgresServer, startPostgres } from "./servers/postgres.ts";
import type { Visit } from "./visit.ts";

const absent = missingBrowser() ?? missingPostgres();
const CLIENT = { clientId: "plimsoll", clientSecret: "known to the provider and to us" };
const SECRET = "0123456789abcdef0123456789abcdef";

describe.skipIf(absent)(`sign-in by OpenID Connect${absent ? ` (${absent})` : ""}`, () => {
  let browser: Browser;
  let postgres: PostgresServer;
  let database: pg.Client;
  let house: House;
  /** Claims are in the ID token; whoever it knows may come; groups give roles. */
  let corp: RunningProvider;
  /** Claims are at the userinfo address; only the invited may come. Not running at first. */
  let partners: RunningProvider | null = null;
  let partnersPort: number;
  /** Takes connections and never says a word. */
  let mute: Server;
  let url: string;
  let admin: Visit;

  const startAt = (port: number, id: string, claimsIn: "id-token" | "userinfo") =>
    startProvider({ ...CLIENT, port, claimsIn, redirectUri: `${url}/api/auth/callback/${id}` });

  beforeAll(async () => {
    await ensureBuild();
    const [port, corpPort, other, mutePort] = await Promise.all([1, 2, 3, 4].map(() => freePort()));
    partnersPort = other ?? 0;
    url = `http://127.0.0.1:${port}`;
    mute = createServer(() => undefined).listen(mutePort, "127.0.0.1");
    [browser, postgres, corp] = await Promise.all([
      openBrowser(),
      startPostgres(),
      startAt(corpPort ?? 0, "corp", "id-token"),
    ]);
    const databaseUrl = await postgres.createDatabase();
    database = new pg.Client(databaseUrl);
    await database.connect();
    const at = (host: string) => ({ ...CLIENT, issuer: host });
    const oidc = [
      {
        ...at(corp.issuer),
        id: "corp",
        name: "Corp",
        teams: { pay: "payments", cart: "carts" },
        admins: ["root"],
      },
      {
        ...at(`http://127.0.0.1:${partnersPort}`),
        id: "partners",
        name: "Partners",
        signUp: false,
      },
      { ...at(`http://127.0.0.1:${mutePort}`), id: "mute", name: "Mute" },
      { ...at(corp.issuer.replace("127.0.0.1", "localhost")), id: "liar", name: "Liar" },
    ];
    house = await openHouse({
      auth: { oidc },
      port,
      env: { PLIMSOLL_DATABASE_URL: databaseUrl, PLIMSOLL_SECRET: SECRET },
    });
    admin = await openGuest(browser, url);
    await joinBy(consoleLink(house.product), admin, {
      name: "Ada Byron",
      email: "ada@example.com",
    });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.[Symbol.asyncDispose]();
    await Promise.all([corp?.stop(), partners?.stop()]);
    mute?.close();
    await database?.end();
    await postgres?.stop();
  });
  beforeEach(() => corp.be({}));

  const guest = async () => {
    const visit = await openGuest(browser, url);
    onTestFinished(() => visit.close());
    return visit;
  };
  /** Somebody new at the provider, whom we don't know yet. */
  let people = 0;
  const stranger = async (at: RunningProvider, as: Partial<Account> = {}) => {
    const id = `person-${++people}`;
    const email = `${id}@corp.example`;
    const account = { email, email_verified: true, name: `Person ${people}`, ...as };
    await at.be({ accounts: { [id]: account } });
    return { id, email, name: account.name, account };
  };
  const goBy = async (page: Page, provider: string, account: string, from = "/") => {
    await page.goto(from);
    await awake(page);
    await chooseAt(page, provider, account);
  };
  const rolesOf = async (email: string) => {
    const { rows } = await database.query(
      `select admin, array(select team from team_editors where person_id = id order by 1) as teams
       from people where email = $1`,
      [email],
    );
    return rows[0];
  };
  const actionsAbout = async (email: string) => {
    const text = "select action from audit where subject = $1 order by id";
    const { rows } = await database.query(text, [`person:${email}`]);
    return rows.map(({ action }) => action);
  };
  /** Refused in words, with nothing of theirs left behind. */
  const seeRefused = async (page: Page, words: string | RegExp) => {
    await see(page.locator("main").getByRole("alert")).toContainText(words);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    const cookies = await page.context().cookies(url);
    expect(cookies.map(({ name }) => name)).not.toContain("plimsoll.session_token");
  };
  const NOT_SIGNED_IN = "The provider did not sign you in";

  test("goes the whole way and back to the very address", async () => {
    const { id, email, name } = await stranger(corp);
    const { page, problems } = await guest();
    const path = "/teams/pay%20ments%2B%28x%29?at=2026-11-01T00%3A00%3A00.000Z&range=7d%2C1d";
    await goBy(page, "Corp", id, path);
    await page.waitForURL(url + path);
    await seeSignedIn(page, name);
    expect(await rolesOf(email)).toEqual({ admin: false, teams: [] });
    expect(await actionsAbout(email)).toEqual(["person.joined", "person.signed-in"]);
    expect(problems.filter((problem) => !problem.includes(corp.issuer))).toEqual([]);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${url}/sign-in`);
    expect((await actionsAbout(email)).at(-1)).toBe("person.signed-out");
  });

  test("keeps none of the provider's tokens", async () => {
    const { id, name } = await stranger(corp);
    const { page } = await guest();
    await goBy(page, "Corp", id);
    await seeSignedIn(page, name);
    const { rows } = await database.query("select * from accounts where provider_id = 'corp'");
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatchObject({ access_token: null, refresh_token: null, id_token: null });
    }
    expect(house.product.output()).not.toMatch(/eyJ[\w-]{10}/);
  });

  test("groups make editors and admins, and unmake them at the next sign-in", async () => {
    const { id, email, name, account } = await stranger(corp, { groups: ["pay", "root", "else"] });
    const first = await guest();
    await goBy(first.page, "Corp", id);
    await seeSignedIn(first.page, name);
    expect(await rolesOf(email)).toEqual({ admin: true, teams: ["payments"] });
    expect((await first.page.goto("/settings/people"))?.status()).toBe(200);
    await corp.be({ accounts: { [id]: { ...account, groups: "cart" } } });
    const second = await guest();
    await goBy(second.page, "Corp", id);
    await seeSignedIn(second.page, name);
    expect(await rolesOf(email)).toEqual({ admin: false, teams: ["carts"] });
    expect((await second.page.goto("/settings/people"))?.status()).toBe(403);
    expect((await first.page.goto("/settings/people"))?.status()).toBe(403);
    await corp.be({ accounts: { [id]: { ...account, groups: undefined } } });
    const third = await guest();
    await goBy(third.page, "Corp", id);
    await seeSignedIn(third.page, name);
    expect(await rolesOf(email)).toEqual({ admin: false, teams: [] });
    const actions = await actionsAbout(email);
    expect(actions.filter((action) => action === "person.groups-applied")).toHaveLength(3);
  });

  test.each<[string, Control["faults"]]>([
    ["another nonce", { claims: { nonce: "of another sign-in" } }],
    ["no nonce", { claims: { nonce: null } }],
    ["another issuer", { claims: { iss: "https://evil.example" } }],
    ["another client as the audience", { claims: { aud: "another-client" } }],
    ["an end in the past", { claims: { exp: 1_700_000_000 } }],
    ["another person than the userinfo", { claims: { sub: "somebody-else", email: null } }],
    ["the signature of a key that is not the provider's", { signature: "foreign" }],
    ["no signature", { signature: "none" }],
  ])("an ID token with %s is refused", async (_, faults) => {
    const { id, email } = await stranger(corp);
    const { page } = await guest();
    await corp.be({ faults });
    await goBy(page, "Corp", id);
    await seeRefused(page, NOT_SIGNED_IN);
    expect(await rolesOf(email)).toBeUndefined();
  });

  test.each<[string, Control["faults"]]>([
    ["without an ID token", { withoutIdToken: true }],
    ["in another issuer's name", { answeringIssuer: "https://evil.example" }],
  ])("an answer %s is refused", async (_, faults) => {
    const { id, email } = await stranger(corp);
    const { page } = await guest();
    await corp.be({ faults });
    await goBy(page, "Corp", id);
    await seeRefused(page, NOT_SIGNED_IN);
    expect(await rolesOf(email)).toBeUndefined();
  });

  test.each([
    ["says is not verified", { email_verified: false }],
    ["does not say is verified", { email_verified: undefined }],
  ])("an e-mail address that the provider %s is refused", async (_, as) => {
    const { id, email } = await stranger(corp, as);
    const { page } = await guest();
    await goBy(page, "Corp", id, "/teams/payments");
    await seeRefused(page, "has not verified this account's e-mail address");
    expect(new URL(page.url()).searchParams.get("next")).toBe("/teams/payments");
    expect(await rolesOf(email)).toBeUndefined();
  });

  describe("a way back", () => {
    /** As far as the provider sends somebody back; where to, unvisited. */
    const wayBack = async (page: Page, account: string): Promise<URL> => {
      await page.goto("/");
      await awake(page);
      await toProvider(page, "Corp");
      await page.getByRole("button", { name: account, exact: true }).waitFor();
      const { request } = page.context();
      const chosen = { form: { account }, maxRedirects: 0 };
      const resumed = (await request.post(page.url(), chosen)).headers().location ?? "";
      const back = await request.get(resumed, { maxRedirects: 0 });
      return new URL(back.headers().location ?? "");
    };

    test("with somebody else's code is refused", async () => {
      const [mallory, victim] = [await stranger(corp), await stranger(corp)];
      const [hers, theirs] = [await guest(), await guest()];
      const stolen = await wayBack(theirs.page, victim.id);
      const own = await wayBack(hers.page, mallory.id);
      own.searchParams.set("code", stolen.searchParams.get("code") ?? "");
      await hers.page.goto(own.href);
      await seeRefused(hers.page, NOT_SIGNED_IN);
      expect(await rolesOf(victim.email)).toBeUndefined();
    });

    test("of somebody else's sign-in, in one's own browser, is refused", async () => {
      const mallory = await stranger(corp);
      const [hers, victim] = [await guest(), await guest()];
      const own = await wayBack(hers.page, mallory.id);
      await victim.page.goto(own.href);
      await seeRefused(victim.page, "was begun in another window or took too long");
      await victim.page.goto("/");
      await awake(victim.page);
      await toProvider(victim.page, "Corp");
      await victim.page.getByRole("button", { name: mallory.id, exact: true }).waitFor();
      await victim.page.goto(own.href);
      await seeRefused(victim.page, "was begun in another window or took too long");
    });

    test("works once", async () => {
      const { id, name } = await stranger(corp);
      const { page } = await guest();
      const own = await wayBack(page, id);
      await page.goto(own.href);
      await seeSignedIn(page, name);
      const cookies = await page.context().cookies(url);
      const states = cookies.filter(({ name: cookie }) => cookie === "plimsoll.state");
      expect(states).toEqual([]);
      await page.context().clearCookies({ name: "plimsoll.session_token" });
      await page.goto(own.href);
      await seeRefused(page, "was begun in another window or took too long");
    });

    test.each([
      ["without anything", ""],
      ["with a state that nobody made", "?code=x&state=made-up"],
      ["with an error of its own words", "?error=<b>pay+here</b>&state=made-up"],
    ])("%s is refused", async (_, query) => {
      const { page } = await guest();
      await page.goto(`/api/auth/callback/corp${query}`);
      await seeRefused(page, "was begun in another window or took too long");
      expect(await page.content()).not.toContain("pay here");
    });
  });

  test("an ID token that somebody has got hold of opens nothing", async () => {
    const { page } = await guest();
    await page.goto("/sign-in");
    const idToken = { token: "eyJhbGciOiJSUzI1NiJ9.e30.AA" };
    const body = { provider: "corp", next: "/", idToken };
    const answer = await askFrom(page, { method: "POST", path: "/api/auth/sign-in/social", body });
    expect(answer.status).toBe(422);
  });

  test("a provider that is down says so, holds up nobody, and is found once it is up", async () => {
    const { page } = await guest();
    await page.goto("/sign-in");
    await awake(page);
    await toProvider(page, "Partners");
    await seeRefused(page, "does not answer at the moment");
    await page.goto("/api/auth/callback/partners?code=x&state=y");
    await seeRefused(page, "does not answer at the moment");
    partners = await startAt(partnersPort, "partners", "userinfo");

    const invited = await stranger(partners);
    const uninvited = await stranger(partners);
    await goBy(page, "Partners", uninvited.id);
    await seeRefused(page, "Nobody has invited this account yet");
    expect(await rolesOf(uninvited.email)).toBeUndefined();

    const wanted = { email: invited.email.toUpperCase(), name: "Ida", teams: ["payments"] };
    await invite(admin.page, wanted);
    const other = await guest();
    await goBy(other.page, "Partners", invited.id);
    await seeSignedIn(other.page, invited.name);
    expect(await rolesOf(invited.email)).toEqual({ admin: false, teams: ["payments"] });
    const { rows } = await database.query("select used_at from invitations where email = $1", [
      invited.email,
    ]);
    expect(rows).toEqual([{ used_at: expect.anything() }]);
  });

  test("a provider that says nothing holds up nobody else", async () => {
    const { page } = await guest();
    await page.goto("/sign-in");
    await awake(page);
    await toProvider(page, "Mute");
    const { id, name } = await stranger(corp);
    const other = await guest();
    await goBy(other.page, "Corp", id);
    await seeSignedIn(other.page, name);
    await seeRefused(page, "does not answer at the moment");
  });

  test("a provider that names another issuer is not believed", async () => {
    const { page } = await guest();
    await page.goto("/sign-in");
    await awake(page);
    await toProvider(page, "Liar");
    await seeRefused(page, "does not answer at the moment");
    expect(house.product.output()).toContain("the sign-in provider names another issuer");
  });

  test("whoever is disabled stays out", async () => {
    const { id, email, name } = await stranger(corp);
    const { page } = await guest();
    await goBy(page, "Corp", id);
    await seeSignedIn(page, name);
    await database.query("update people set disabled_at = 1 where email = $1", [email]);
    await page.goto("/");
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    const again = await guest();
    await goBy(again.page, "Corp", id);
    await seeRefused(again.page, "This account was switched off");
    expect((await actionsAbout(email)).at(-1)).toBe("person.sign-in-refused");
  });

  test("joins the account that an admin made for the address, not one that somebody wrote there", async () => {
    const [invited, ada] = [
      await stranger(corp),
      await stranger(corp, { email: "ada@example.com" }),
    ];
    const link = await invite(admin.page, { email: invited.email, name: "By Password" });
    const byPassword = await guest();
    await joinBy(link, byPassword, {});
    const { page } = await guest();
    await goBy(page, "Corp", invited.id);
    await seeSignedIn(page, "By Password");
    expect((await actionsAbout(invited.email)).slice(-2)).toEqual([
      "person.identity-linked",
      "person.signed-in",
    ]);
    const other = await guest();
    await goBy(other.page, "Corp", ada.id);
    await seeRefused(other.page, "Another way to sign in has this e-mail address already");
  });

  test("a session that has run out leads to the sign-in page", async () => {
    const email = "late@example.com";
    const link = await invite(admin.page, { email, name: "Late" });
    const visit = await guest();
    const { page } = visit;
    await joinBy(link, visit, {});
    await database.query(
      `update sessions set expires_at = now() - interval '1 second'
       where person_id = (select id from people where email = $1)`,
      [email],
    );
    const answer = await page.goto("/teams/payments");
    expect(answer?.status()).toBe(200);
    expect(page.url()).toBe(`${url}/sign-in?next=%2Fteams%2Fpayments`);
    await see(page.getByLabel("Password")).toBeVisible();
    expect((await askFrom(page, { method: "GET", path: "/api/views/fleet" })).status).toBe(401);
  });
});

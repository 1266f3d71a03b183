import type { Browser, Page } from "@playwright/test";
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
import {
  type GithubPerson,
  type GithubStandIn,
  githubConfig,
  startGithub,
} from "./github-signin.ts";
import { ensureBuild } from "./product.ts";
import { see } from "./see.ts";
import type { Visit } from "./visit.ts";

const absent = missingBrowser();

describe.skipIf(absent)(`sign-in by GitHub${absent ? ` (${absent})` : ""}`, () => {
  let browser: Browser;
  let github: GithubStandIn;
  let house: House;
  let url: string;
  let admin: Visit;
  beforeAll(async () => {
    await ensureBuild();
    [browser, github] = await Promise.all([openBrowser(), startGithub()]);
    house = await openHouse({ auth: { github: githubConfig(github, ["Acme"]) } });
    url = house.product.url;
    admin = await openGuest(browser, url);
    const ada = { name: "Ada Byron", email: "ada@example.com" };
    await joinBy(consoleLink(house.product), admin, ada);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.[Symbol.asyncDispose]();
    await github?.[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    github.broken = false;
  });

  let people = 0;
  const member = (as: Partial<GithubPerson> = {}) => {
    const login = `octo-${++people}`;
    const person = {
      id: people,
      name: `Octo ${people}`,
      email: `${login}@acme.example`,
      verified: true,
      organizations: ["acme"],
      ...as,
    };
    github.people.set(login, person);
    return { login, ...person };
  };
  const comeAs = async (login: string, from = "/"): Promise<Page> => {
    const { page, close } = await openGuest(browser, url);
    onTestFinished(close);
    await page.goto(from);
    await awake(page);
    await page.getByRole("button", { name: "Continue with GitHub" }).click();
    await page.getByRole("link", { name: login, exact: true }).click();
    return page;
  };
  const seeRefused = async (page: Page, words: string) => {
    await see(page.locator("main").getByRole("alert")).toContainText(words);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
  };

  test("a member of a named organisation comes in, as a viewer, where they wanted to go", async () => {
    const { login } = member({ name: null });
    const page = await comeAs(login, "/teams/payments");
    await page.waitForURL(`${url}/teams/payments`);
    await seeSignedIn(page, login);
    expect((await page.goto("/settings/people"))?.status()).toBe(403);
  });

  test("whoever is a member of others needs an invitation, and has its roles then", async () => {
    const { login, email, name } = member({ organizations: ["other", "acme-not"] });
    await seeRefused(await comeAs(login), "Nobody has invited this account yet");
    await invite(admin.page, { email, name: "Ignored", admin: true });
    const page = await comeAs(login);
    await seeSignedIn(page, name ?? login);
    expect((await page.goto("/settings/people"))?.status()).toBe(200);
  });

  test("an e-mail address that GitHub has not verified opens nothing, an invited one neither", async () => {
    const { login, email } = member({ verified: false });
    await invite(admin.page, { email, name: "Invited" });
    await seeRefused(await comeAs(login), "has not verified this account's e-mail address");
  });

  test("the same account under a new e-mail address is the same person", async () => {
    const { login, name } = member();
    await seeSignedIn(await comeAs(login), name ?? login);
    const before = github.people.get(login);
    if (before) github.people.set(login, { ...before, email: "moved@acme.example" });
    await seeSignedIn(await comeAs(login), name ?? login);
    await admin.page.goto("/settings/people");
    await see(admin.page.locator("summary", { hasText: name ?? login })).toHaveCount(1);
  });

  test("whoever takes over a login of someone else is someone else", async () => {
    const { login, name } = member();
    await seeSignedIn(await comeAs(login), name ?? login);
    const taken = { id: 1_000 + people, name: "Squatter", email: "squatter@acme.example" };
    github.people.set(login, { ...taken, verified: true, organizations: ["acme"] });
    await seeSignedIn(await comeAs(login), "Squatter");
  });

  test("when GitHub fails on the way back, a page says so", async () => {
    const { login } = member();
    github.broken = true;
    await seeRefused(await comeAs(login), "The provider did not sign you in");
    github.broken = false;
    const page = await comeAs(login);
    await page.waitForURL(`${url}/`);
    await page.goto("/api/auth/callback/github?code=made-up&state=made-up");
    await page.waitForURL(`${url}/`);
  });

  test("the log names GitHub, and has no token", async () => {
    const { login, name, email } = member();
    await seeSignedIn(await comeAs(login), name ?? login);
    const { body } = await askFrom(admin.page, { method: "GET", path: "/api/settings/audit.csv" });
    const rows = body.split("\n").filter((row) => row.includes(email));
    expect(rows.filter((row) => row.includes("person.signed-in"))[0]).toContain("github");
    expect(body + house.product.output()).not.toMatch(/gho_|github-client-secret/);
  });
});

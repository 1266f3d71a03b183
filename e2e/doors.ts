import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { plain } from "#lib/spec/testing.ts";
import { freePort, type Product, startProduct } from "./product.ts";
import { see } from "./see.ts";
import { openVisit, type Visit } from "./visit.ts";

/** The product with sign-in on, over a service `shop` of the team `payments` that has no data. */
export interface House extends AsyncDisposable {
  readonly product: Product;
}

interface HouseOptions {
  /** The `auth` part of `plimsoll.yaml`. */
  readonly auth?: Record<string, unknown>;
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
}

export const SLO = "/services/shop/slos/availability";
export const PASSWORD = "four words that nobody guesses";

/** It believes its proxy, which is whoever asks from this machine: so a test can have many addresses. */
export async function openHouse({ auth = {}, env = {}, port }: HouseOptions): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-doors-"));
  const own = port ?? (await freePort());
  const main = { name: "main", url: "http://127.0.0.1:9" };
  const config = { sources: { prometheus: [main] }, slos: ["shop.yaml"], auth };
  writeFileSync(join(folder, "plimsoll.yaml"), JSON.stringify(config));
  writeFileSync(join(folder, "shop.yaml"), plain({}, { service: "shop", owner: "payments" }));
  const product = await startProduct({
    PLIMSOLL_CONFIG: join(folder, "plimsoll.yaml"),
    PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "db", "data")}`,
    PLIMSOLL_NO_AUTH: "0",
    PLIMSOLL_URL: `http://127.0.0.1:${own}`,
    PLIMSOLL_TRUSTED_PROXIES: "127.0.0.1",
    PORT: String(own),
    ...env,
  });
  return {
    product,
    async [Symbol.asyncDispose]() {
      await product.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let addresses = 0;

/** An address that nobody has come from yet. */
export function newAddress(): string {
  addresses++;
  return `10.1.${addresses >> 8}.${addresses & 255}`;
}

/** A browser of somebody's own, at an address of their own. */
export function openGuest(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const extraHTTPHeaders = { "x-forwarded-for": newAddress() };
  return openVisit(browser, origin, { extraHTTPHeaders, ...options });
}

/** The link for the first admin, as it stands on the console. */
export function consoleLink({ output }: Product): string {
  return /https?:\/\/\S+\/welcome\?token=[\w-]+/.exec(output())?.[0] ?? "no link on the console";
}

/** A form answers its button only once the page is awake. */
export async function awake(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const button = document.querySelector("main button");
    return Object.keys(button ?? {}).some((key) => key.startsWith("__reactProps"));
  });
}

export interface Typed {
  readonly name?: string;
  readonly email?: string;
  readonly password?: string;
}

/** Fills in what is given and presses the button of the form; waits for nothing. */
export async function submit(page: Page, { name, email, password }: Typed): Promise<void> {
  await awake(page);
  if (name) await page.getByLabel("Name").fill(name);
  if (email) await page.getByLabel("E-mail").fill(email);
  if (password) await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: /sign in$/i }).click();
}

/** Whose name stands in the corner: whoever is signed in. */
export async function seeSignedIn(page: Page, name: string): Promise<void> {
  await see(page.getByRole("link", { name, exact: true }).first()).toBeVisible();
}

/** Goes by a one-time link until signed in. */
export async function joinBy(link: string, { page }: Visit, typed: Typed): Promise<void> {
  await page.goto(link);
  await submit(page, { password: PASSWORD, ...typed });
  await page.waitForURL((url) => url.pathname === "/");
}

/** Asks as a page of this tab would, in the name of whoever is signed in there. */
export function askFrom(
  page: Page,
  change: { method: string; path: string; body?: unknown },
): Promise<{ status: number; body: string }> {
  return page.evaluate(async ({ method, path, body }) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { "content-type": "application/json" };
    const answer = await fetch(path, { method, headers, ...init });
    return { status: answer.status, body: await answer.text() };
  }, change);
}

/** An invitation, made by an admin's tab; gives its link. */
export async function invite(
  admin: Page,
  person: { email: string; name: string; admin?: boolean; teams?: string[] },
): Promise<string> {
  const path = "/api/settings/people/invitations";
  const { body } = await askFrom(admin, { method: "POST", path, body: person });
  return /"link":"([^"]+)"/.exec(body)?.[1] ?? body;
}

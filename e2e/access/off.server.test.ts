import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Product, startProduct } from "../product.ts";
import { ask, forEach } from "./ask.ts";
import type { Caller } from "./callers.ts";
import { Client } from "./client.ts";
import { exampleOf, pathOf, type Signing } from "./examples.ts";
import { makeSigning, UNKNOWN } from "./furnish.ts";
import { changes, matrixOf, nameOf } from "./matrix.ts";
import { openPage, visitsOf, wrongWithPage } from "./pages.ts";
import { findPages, findRoutes } from "./tree.ts";
import { wrongWith } from "./verdicts.ts";

describe("with sign-in switched off", () => {
  let product: Product;
  let signing: Signing;
  let callers: readonly Caller[];
  beforeAll(async () => {
    product = await startProduct({
      PLIMSOLL_NO_AUTH: "1",
      PLIMSOLL_DATABASE_URL: "pglite://memory",
      PLIMSOLL_SLOS: "none/*.yaml",
    });
    const headers = { origin: product.url };
    signing = await makeSigning(new Client(product.url, headers));
    const bad = { authorization: "Bearer garbage" };
    callers = [
      { name: "anyone on this machine", line: "sign-in off", headers },
      { name: "a bad token", line: "nobody", headers: { ...headers, ...bad } },
    ];
  });
  afterAll(() => product?.stop());

  const cellsOf = async () => matrixOf(await findRoutes(), callers);

  test("anyone on the machine may do everything, but has no account", async () => {
    const cells = await cellsOf();
    const wrong = await forEach(cells, async (cell) => {
      const { route, method, address, caller } = cell;
      const example = route ? exampleOf(route, signing) : {};
      const { body, query = "" } = example;
      const url = product.url + pathOf(address, { ...UNKNOWN, ...example.names }) + query;
      const headers = { ...caller.headers, ...example.headers };
      const problem = wrongWith(await ask({ url, method, headers, body }), cell);
      return problem && `${nameOf(cell)}: ${problem}`;
    });
    expect(wrong.filter(Boolean)).toEqual([]);
    console.log(`access: ${cells.length} requests with sign-in off`);
  });

  test("another site's page in a browser on the machine changes nothing", async () => {
    const asked = (await cellsOf()).filter(
      (cell) => cell.route && cell.expected === "+" && cell.caller.line !== "nobody",
    );
    const changing = asked.filter((cell) => changes(cell) && !isOpen(cell.address));
    const statuses = await forEach(changing, async ({ method, address }) => {
      const headers = { origin: "https://evil.example", "content-type": "text/plain" };
      const url = product.url + pathOf(address, UNKNOWN);
      return (await ask({ url, method, headers })).status;
    });
    expect(statuses.length).toBeGreaterThan(10);
    expect(new Set(statuses)).toEqual(new Set([403]));
  });

  /** Ways in that bring their own proof, or have nothing to change. */
  const isOpen = (address: string) =>
    /^\/api\/(auth|v1|welcome|webhooks\/(github|pagerduty))/.test(address);

  test("pages show themselves, and no account", async () => {
    // Nothing is there yet that a page about one thing could show.
    const isOfOne = (address: string) => address.includes("[") || address === "/alert";
    const ofAll = findPages().filter(({ address }) => !isOfOne(address));
    const visits = visitsOf(ofAll, callers, UNKNOWN);
    const wrong = await forEach(visits, async (visit) => {
      const problem = wrongWithPage(await openPage(product.url, visit), visit);
      return problem && `${visit.path} to ${visit.caller.name}: ${problem}`;
    });
    expect(visits.length).toBeGreaterThan(15);
    expect(wrong.filter(Boolean)).toEqual([]);
  });
});

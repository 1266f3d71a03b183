import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "#lib/access/routes.ts";
import { ask, forEach } from "./access/ask.ts";
import { type Caller, makeCallers } from "./access/callers.ts";
import { exampleOf, type Names, pathOf } from "./access/examples.ts";
import { LINES, LOOKS_FIRST } from "./access/expected.ts";
import { readLedger } from "./access/ledger.ts";
import { type Cell, changes, isAllowed, isRefusal, matrixOf, nameOf } from "./access/matrix.ts";
import {
  openPage,
  openWithoutLayouts,
  tells,
  type Visit,
  visitsOf,
  wrongWithPage,
  wrongWithPart,
} from "./access/pages.ts";
import { openPlace, type Place } from "./access/place.ts";
import { findPages, findRoutes } from "./access/tree.ts";
import { wrongWith, wrongWithRefusal } from "./access/verdicts.ts";
import { missingPostgres } from "./servers/postgres.ts";

const absent = missingPostgres();
const LONG = 600_000;
/** What the ledger must have noticed by the end. */
const CHANGED = ["api_tokens", "audit", "invitations", "people", "sessions", "webhook_secrets"];
const FIRST = "GET /api/v1/sources";

describe.skipIf(absent)(`every route and page, by everyone${absent ? ` (${absent})` : ""}`, () => {
  let place: Place;
  let callers: Caller[];
  let cells: Cell[];
  beforeAll(async () => {
    place = await openPlace();
    callers = await makeCallers(place);
    cells = matrixOf(await findRoutes(), callers);
  }, LONG);
  afterAll(() => place?.[Symbol.asyncDispose]());

  function send({ address, method, caller, route }: Cell, names: Names, more: Names = {}) {
    const example = route ? exampleOf(route, place.signing) : {};
    const { body, headers = {}, query = "" } = example;
    const url = place.url + pathOf(address, { ...names, ...example.names }) + query;
    return ask({ url, method, headers: { ...caller.headers, ...headers, ...more }, body });
  }

  test("each line of the table has a caller", () => {
    const lines = new Set(callers.map(({ line }) => line));
    expect([...lines].toSorted()).toEqual(
      LINES.filter((line) => line !== "sign-in off").toSorted(),
    );
  });

  test("whoever comes for the first time is known for what they are", async () => {
    const reading = cells.filter(({ route, method }) => route === FIRST && method === "GET");
    const wrong = await forEach(reading, async (cell) =>
      says(cell, wrongWith(await send(cell, place.known), cell)),
    );
    expect(wrong).toHaveLength(callers.length);
    expect(wrong.filter(Boolean)).toEqual([]);
  });

  test("whoever may not is refused, whether there is such a thing or not, and changes nothing", {
    timeout: LONG,
  }, async () => {
    const refused = cells.filter(isRefusal);
    const before = await readLedger(place.store.db);
    const wrong = await forEach(refused, async (cell) => {
      const [known, unknown] = [await send(cell, place.known), await send(cell, place.unknown)];
      const problem = wrongWith(known, cell);
      if (problem || (cell.route && LOOKS_FIRST.includes(cell.route))) return says(cell, problem);
      const alike = neutral(known.text, place) === neutral(unknown.text, place);
      const same = alike && known.status === unknown.status;
      return says(cell, same ? null : `${unknown.status} ${unknown.text} of what there is not`);
    });
    expect(wrong.filter(Boolean)).toEqual([]);
    expect(await readLedger(place.store.db)).toEqual(before);
    console.log(
      `access: ${refused.length} refused, each of what there is and of what there is not`,
    );
  });

  test("a change by a session comes from our own pages, or is refused and changes nothing", {
    timeout: LONG,
  }, async () => {
    const asked = cells.filter((cell) => {
      const asks = cell.route && ROUTES[cell.route] !== "public" && changes(cell);
      return asks && isAllowed(cell) && cell.caller.headers.cookie;
    });
    const before = await readLedger(place.store.db);
    const origins = [
      "",
      "null",
      "https://evil.example",
      place.url.replace("127.0.0.1", "127.0.0.2"),
    ];
    const wrong = await forEach(
      asked.flatMap((cell) => origins.map((origin) => ({ cell, origin }))),
      async ({ cell, origin }) => {
        const answer = await send(cell, place.known, { origin });
        const ok = answer.status === 403 && answer.text.includes('"foreign-origin"');
        return says(cell, ok ? wrongWithRefusal(answer) : `${answer.status} from ${origin}`);
      },
    );
    expect(asked.length).toBeGreaterThan(20);
    expect(wrong.filter(Boolean)).toEqual([]);
    expect(await readLedger(place.store.db)).toEqual(before);
    console.log(`access: ${wrong.length} changes from elsewhere refused`);
  });

  test("an unsigned or forged webhook is refused, whoever brings it", {
    timeout: LONG,
  }, async () => {
    const signed = cells.filter(({ route }) => route?.match(/webhooks\/(github|pagerduty)$/));
    const forged = { "x-hub-signature-256": `sha256=${"0".repeat(64)}` };
    const pagerduty = { "x-pagerduty-signature": `v1=${"0".repeat(64)}` };
    const before = await readLedger(place.store.db);
    const wrong = await forEach(signed, async (cell) => {
      const answer = await send(cell, place.known, { ...forged, ...pagerduty });
      return says(cell, answer.status === 401 ? null : `${answer.status} ${answer.text}`);
    });
    expect(signed).toHaveLength(2 * callers.length);
    expect(wrong.filter(Boolean)).toEqual([]);
    expect(await readLedger(place.store.db)).toEqual(before);
  });

  test("no page shows itself to whoever may not see it, with or without what stands around it", {
    timeout: LONG,
  }, async () => {
    const visits = visitsOf(findPages(), callers, place.known);
    const before = await readLedger(place.store.db);
    const wrong = await forEach(visits, async (visit) => {
      const whole = wrongWithPage(await openPage(place.url, visit), visit);
      const part = wrongWithPart(await openWithoutLayouts(place.url, visit, place.known), visit);
      const problem = whole ?? (part && `without its layouts: ${part}`);
      return problem && `${visit.path} to ${visit.caller.name}: ${problem}`;
    });
    expect(wrong.filter(Boolean)).toEqual([]);
    expect(await readLedger(place.store.db)).toEqual(before);
    console.log(
      `access: ${visits.length} visits of ${visits.length / callers.length} pages, each twice`,
    );
  });

  test("what the refused must not see is there to be seen", async () => {
    const admin = callers.filter(({ line }) => line === "admin");
    const pages = visitsOf(findPages(), admin, place.known);
    const telling = async (open: (visit: Visit) => Promise<{ readonly text: string }>) => {
      const told = await forEach(pages, async (visit) => tells((await open(visit)).text, visit));
      return pages.filter((_, i) => told[i]).map(({ page }) => page);
    };
    const full = [
      "/",
      "/services/[service]",
      "/settings/audit",
      "/settings/people",
      "/settings/teams",
    ];
    expect(await telling((visit) => openPage(place.url, visit))).toEqual(
      expect.arrayContaining(full),
    );
    expect(await telling((visit) => openWithoutLayouts(place.url, visit, place.known))).toEqual(
      expect.arrayContaining(full),
    );
  });

  test("a method that a route does not have is no way in", { timeout: LONG }, async () => {
    const lines = LINES.map((line) => callers.find((caller) => caller.line === line));
    const without = cells.filter(({ route, caller }) => !route && lines.includes(caller));
    const before = await readLedger(place.store.db);
    const wrong = await forEach(without, async (cell) =>
      says(cell, wrongWith(await send(cell, place.known), cell)),
    );
    expect(wrong.filter(Boolean)).toEqual([]);
    expect(await readLedger(place.store.db)).toEqual(before);
    console.log(`access: ${without.length} requests by methods that there are not`);
  });

  test("whoever may is let in; last, because it changes things", { timeout: LONG }, async () => {
    const allowed = cells.filter(isAllowed);
    const before = await readLedger(place.store.db);
    const isAdmin = ({ caller }: Cell) => caller.line === "admin";
    const first: (string | null)[] = [];
    // What is taken away is gone for what comes after it.
    const isLast = ({ route }: Cell) => Number(route?.startsWith("DELETE ") ?? false);
    for (const cell of allowed.filter(isAdmin).toSorted((a, b) => isLast(a) - isLast(b))) {
      const answer = await send(cell, place.known);
      const { adminGets = 200 } = cell.route ? exampleOf(cell.route, place.signing) : {};
      first.push(
        says(cell, answer.status === adminGets ? null : `${answer.status} ${answer.text}`),
      );
    }
    expect(first.filter(Boolean)).toEqual([]);
    const rest = await forEach(
      allowed.filter((cell) => !isAdmin(cell)),
      async (cell) => says(cell, wrongWith(await send(cell, place.known), cell)),
    );
    expect(rest.filter(Boolean)).toEqual([]);
    const after = await readLedger(place.store.db);
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    expect(changed).toEqual(expect.arrayContaining(CHANGED));
    console.log(
      `access: ${allowed.length} allowed; ${cells.length} cells: ${new Set(cells.map((c) => c.address)).size} addresses, 7 methods, ${callers.length} callers`,
    );
  });
});

function says(cell: Cell, problem: string | null): string | null {
  return problem && `${nameOf(cell)}: ${problem}`;
}

/** A refusal may repeat the names that were asked with. */
function neutral(text: string, { known, unknown }: Pick<Place, "known" | "unknown">): string {
  const names = [...Object.values(known), ...Object.values(unknown)];
  return names.reduce((rest, name) => rest.replaceAll(` ${name},`, " …,"), text);
}

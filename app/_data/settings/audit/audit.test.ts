import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FieldChange, fieldChanges } from "#app/_data/settings/audit/changes.ts";
import { auditCsv } from "#app/_data/settings/audit/csv.ts";
import {
  addressOf,
  askedCursor,
  askedFilter,
  type Fields,
} from "#app/_data/settings/audit/filter.ts";
import { readAuditView } from "#app/_data/settings/audit/read.ts";
import { GET } from "#app/api/settings/audit.csv/route.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import type { Store } from "#db/connection.ts";
import { audit } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";

const START = Date.UTC(2026, 10, 20);
const ROWS = 2_345;

let store: Store;
let admin: Record<string, string>;
let editor: Record<string, string>;

beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  admin = await signedIn(store, { name: "Ada", admin: true });
  editor = await signedIn(store, { name: "Edna", editorOf: ["shop"] });
  const rows = Array.from({ length: ROWS }, (_, i) => ({
    at: START + i * 60_000,
    actorKind: "person" as const,
    actorId: "p1",
    actorName: i % 2 === 0 ? 'Grace, "the" Hopper' : "=1+1",
    action: i % 5 === 0 ? "token.created" : "team.editor-added",
    subject: `token:ci-${i}`,
    team: i % 3 === 0 ? "shop" : null,
    after: { n: i },
    address: "10.0.0.1",
  }));
  await store.db.insert(audit).values(rows);
});
afterAll(async () => {
  release();
  await store.close();
});

const address = (text: string) => new URLSearchParams(text);

function get(query: string, headers: Record<string, string> = admin): Promise<Response> {
  const request = new Request(`${ORIGIN}/api/settings/audit.csv${query}`, { headers });
  return GET(request, { params: Promise.resolve({}) });
}

describe("the CSV of the log", () => {
  test("has every row once, newest first, under its heading", async () => {
    const response = await get("");
    const lines = (await response.text()).split("\r\n");
    expect(response.headers.get("content-type")).toMatch(/^text\/csv; charset=utf-8/);
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="plimsoll-audit-\d{4}-\d{2}-\d{2}\.csv"$/,
    );
    expect(lines[0]).toBe(
      "at,actor,actor_kind,actor_id,action,subject,team,before,after,address,id",
    );
    expect(lines[1]).toMatch(
      /^2026-11-21T15:04:00\.000Z,"Grace, ""the"" Hopper",person,p1,team\.editor-added,token:ci-2344,,,"\{""n"":2344\}",10\.0\.0\.1,\d+$/,
    );
    expect(lines[2]).toContain(",'=1+1,person,");
    const subjects = lines.slice(1, -1).map((line) => /token:ci-(\d+)/.exec(line)?.[1]);
    expect(subjects).toEqual(Array.from({ length: ROWS }, (_, i) => String(ROWS - 1 - i)));
    expect(lines.at(-1)).toBe("");
  });

  test("has the rows of its filter alone", async () => {
    const text = await (await get("?action=token.&team=shop&from=2026-11-20&to=2026-11-20")).text();
    // Every 15th of the 1,440 minutes of the first day.
    expect(text.trimEnd().split("\r\n")).toHaveLength(1 + 96);
    expect((await (await get("?who=no-one")).text()).trimEnd().split("\r\n")).toHaveLength(1);
  });

  test("of a longer log ends with a line that says so", async () => {
    const read = async (most: number) => {
      const { stream, cut } = await auditCsv(store.db, {}, most);
      return { cut, lines: (await new Response(stream).text()).trimEnd().split("\r\n") };
    };
    const whole = await read(ROWS);
    expect([whole.cut, whole.lines.length]).toEqual([false, 1 + ROWS]);
    const part = await read(1_500);
    expect([part.cut, part.lines.length]).toEqual([true, 1 + 1_500 + 1]);
    expect(part.lines.at(-1)).toBe(
      ",Cut after 1500 rows: narrow the filter to get the older ones.,,,,,,,,,",
    );
  });

  test("is read as it is taken: whoever hangs up stops it", async () => {
    const { stream } = await auditCsv(store.db, {}, ROWS);
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    expect((await reader.read()).done).toBe(true);
  });

  test.each<[string, () => Record<string, string>, number]>([
    ["an admin", () => admin, 200],
    ["an editor", () => editor, 403],
    ["nobody", () => ({}), 401],
    ["a token that is none", () => ({ ...admin, authorization: "Bearer plim_no" }), 401],
  ])("is answered to %s as is right", async (_who, headers, status) => {
    const response = await get("?who=no-one", headers());
    await response.text();
    expect(response.status).toBe(status);
  });

  test.each([
    ["?from=2026-02-30", "from"],
    ["?to=yesterday", "to"],
    ["?from=2026-11-21&to=2026-11-20", "to"],
    ["?who=a%00b", "who"],
    [`?subject=${"x".repeat(201)}`, "subject"],
    ["?actor=Ada", "actor"],
    ["?who=Ada&who=Grace", "who"],
  ])("is refused for %s, and nothing is left out silently", async (query, field) => {
    const response = await get(query);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { details: [{ field }] } });
  });
});

describe("the audit page", () => {
  test("goes from the newest to the oldest entry, page by page", async () => {
    const seen: string[] = [];
    for (let at: string | null = "action=token"; at !== null; ) {
      const view = await readAuditView(store.db, address(at));
      expect(view.isNewest).toBe(seen.length === 0);
      expect(view.matching).toBe(ROWS / 5);
      seen.push(...view.entries.map(({ subject }) => subject));
      at = view.older ? addressOf(view.fields, view.older) : null;
    }
    expect(seen).toEqual(
      Array.from({ length: ROWS / 5 }, (_, i) => `token:ci-${ROWS - 5 - i * 5}`),
    );
  });

  test("with a mistake in its address shows the mistake and no entries", async () => {
    const view = await readAuditView(store.db, address("who=Grace&from=2026-13-01"));
    expect(view).toMatchObject({
      fields: { who: "Grace", from: "2026-13-01" },
      mistakes: { from: "Write a day as 2026-11-21." },
      entries: [],
      older: null,
    });
  });
});

describe("an address", () => {
  test("is read as it was written", () => {
    const word = fc.string({ maxLength: 20 }).map((text) => text.trim());
    const fields: fc.Arbitrary<Fields> = fc.record({
      who: word,
      action: word,
      subject: word,
      team: word,
      from: fc.constantFrom("", "2026-01-01"),
      to: fc.constantFrom("", "2026-12-31"),
    });
    const cursor = fc.record({ at: fc.nat(), id: fc.nat() });
    fc.assert(
      fc.property(fields, cursor, (written, after) => {
        const read = address(addressOf(written, after));
        expect(askedFilter(read).fields).toEqual(written);
        expect(askedCursor(read)).toEqual(after);
      }),
    );
  });

  test.each(["", "after=", "after=1", "after=1.", "after=-1.2", "after=1.2.3", "after=1e3.1"])(
    "%j has no cursor of ours: the newest page",
    (text) => {
      expect(askedCursor(address(text))).toBeNull();
    },
  );

  test("means whole days of UTC, both ends included", () => {
    const { filter } = askedFilter(address("from=2024-02-29&to=2024-02-29"));
    expect(filter).toEqual({ from: Date.UTC(2024, 1, 29), to: Date.UTC(2024, 2, 1) });
  });
});

describe("what was changed", () => {
  test.each<
    [string, Record<string, unknown> | null, Record<string, unknown> | null, FieldChange[]]
  >([
    ["nothing is told of nothing", null, null, []],
    [
      "what stayed is left out",
      { a: 1, b: [1] },
      { a: 2, b: [1] },
      [{ field: "a", before: "1", after: "2" }],
    ],
    ["what came has no before", null, { admin: true }, [{ field: "admin", after: "yes" }]],
    ["what went has no after", { team: "shop" }, null, [{ field: "team", before: "shop" }]],
    [
      "lists are read as lists",
      { scopes: [] },
      { scopes: ["read", "gate"] },
      [{ field: "scopes", before: "none", after: "read, gate" }],
    ],
    [
      "null is none",
      { team: "a" },
      { team: null },
      [{ field: "team", before: "a", after: "none" }],
    ],
    ["depth is JSON", {}, { x: { y: 1 } }, [{ field: "x", after: '{"y":1}' }]],
  ])("%s", (_what, before, after, changes) => {
    expect(fieldChanges(before, after)).toEqual(changes);
  });
});

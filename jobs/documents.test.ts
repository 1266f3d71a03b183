import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { catalogInForce, type DocumentFile, scanDocuments } from "#jobs/documents.ts";
import { type PlainSlo, plainDocument } from "#jobs/testing.ts";

function file(name: string, text: string): DocumentFile {
  return { file: name, text, hash: text };
}

function inForce(
  files: Readonly<Record<string, string>>,
  lastGood: Readonly<Record<string, string>> = {},
) {
  const given = Object.entries(files).map(([name, text]) => file(name, text));
  const { documents, slos } = catalogInForce(given, new Map(Object.entries(lastGood)));
  return {
    documents,
    slos: slos.map(({ definition: d }) => `${d.service}/${d.name} ${d.objective}`),
    codes: documents.flatMap(({ findings }) => findings.map(({ code }) => code)),
  };
}

const shop = (...slos: readonly PlainSlo[]) => plainDocument("shop", slos);
const GOOD = shop({ name: "a", target: 0.99 }, { name: "b", target: 0.99 });

describe("the definitions in force", () => {
  test("are those of every file without errors, each with its text as the good one", () => {
    const found = inForce({ "1.yaml": GOOD, "2.yaml": plainDocument("api", [{ name: "a" }]) });
    expect(found.slos).toEqual(["shop/a 0.99", "shop/b 0.99", "api/a 0.99"]);
    expect(found.documents.map(({ goodContent }) => goodContent !== null)).toEqual([true, true]);
  });

  test("a broken SLO keeps its last good version while a good one in the same file changes", () => {
    const edited = shop({ name: "a", target: 99.5 }, { name: "b", target: 0.995 });
    const found = inForce({ "1.yaml": edited }, { "1.yaml": GOOD });
    expect(found.slos.sort()).toEqual(["shop/a 0.99", "shop/b 0.995"]);
    expect(found.codes).toContain("target-range");
    expect(found.documents[0]?.goodContent).toBeNull();
  });

  test.each([
    ["is no YAML", "service: [shop"],
    ["is empty", ""],
    ["has a mistake at its top", GOOD.replace('"shop"', '"no good name!"')],
  ])("a file that %s keeps all that it said before", (_, text) => {
    const found = inForce({ "1.yaml": text }, { "1.yaml": GOOD });
    expect(found.slos).toEqual(["shop/a 0.99", "shop/b 0.99"]);
  });

  test("a broken file that was never good has nothing in force, and others are not touched", () => {
    const found = inForce({ "1.yaml": "service: [", "2.yaml": GOOD }, { "2.yaml": GOOD });
    expect(found.slos).toEqual(["shop/a 0.99", "shop/b 0.99"]);
    expect(found.documents[0]?.findings[0]).toMatchObject({ file: "1.yaml", line: 1 });
  });

  test("an SLO taken out of a good file is out of force", () => {
    expect(inForce({ "1.yaml": shop({ name: "b" }) }, { "1.yaml": GOOD }).slos).toEqual([
      "shop/b 0.99",
    ]);
  });

  test("a name that two new files claim belongs to neither", () => {
    const found = inForce({ "1.yaml": shop({ name: "a" }), "2.yaml": shop({ name: "a" }) });
    expect(found.slos).toEqual([]);
    expect(found.codes).toEqual(["duplicate-name", "duplicate-name"]);
  });

  test("a name that a newcomer claims stays with the file that had it", () => {
    const files = { "0.yaml": shop({ name: "a", target: 0.5 }, { name: "c" }), "1.yaml": GOOD };
    const found = inForce(files, { "1.yaml": GOOD });
    expect(found.slos.sort()).toEqual(["shop/a 0.99", "shop/b 0.99", "shop/c 0.99"]);
  });

  test("a rename beside a mistake does not bring the old name back", () => {
    const edited = shop({ name: "a2", formerly: ["shop/a"] }, { name: "b", target: 7 });
    const found = inForce({ "1.yaml": edited }, { "1.yaml": GOOD });
    expect(found.slos.sort()).toEqual(["shop/a2 0.99", "shop/b 0.99"]);
  });
});

describe("reading the folder", () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "plimsoll-documents-"));
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  test("gives each file once, by path, though two globs name it", async () => {
    for (const name of ["b.yaml", "a.yaml", "c.txt"]) writeFileSync(join(base, name), GOOD);
    const { files, unreadable } = await scanDocuments({ globs: ["*.yaml", "a*"], base });
    expect(files.map((found) => found.file)).toEqual(["a.yaml", "b.yaml"]);
    expect(unreadable).toEqual([]);
  });

  test("tells of a file that is too large, and reads the others", async () => {
    writeFileSync(join(base, "a.yaml"), " ".repeat(1024 * 1024 + 1));
    writeFileSync(join(base, "b.yaml"), GOOD);
    const { files, unreadable } = await scanDocuments({ globs: ["*.yaml"], base });
    expect(files.map((found) => found.file)).toEqual(["b.yaml"]);
    expect(unreadable).toMatchObject([{ file: "a.yaml", severity: "error", code: "unreadable" }]);
  });
});

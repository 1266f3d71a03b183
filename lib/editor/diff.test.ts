import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unifiedDiff } from "#lib/editor/diff.ts";

const lines = (...given: string[]) => given.map((line) => `${line}\n`).join("");

describe("a unified diff", () => {
  test("of the same text is empty", () => expect(unifiedDiff("a", "x\n", "x\n")).toBe(""));

  test.each([
    ["a line that changed", "a\n", "b\n", "@@ -1 +1 @@\n-a\n+b\n"],
    ["a line that was added", "a\n", "a\nb\n", "@@ -1 +1,2 @@\n a\n+b\n"],
    ["a line that was taken away", "a\nb\n", "b\n", "@@ -1,2 +1 @@\n-a\n b\n"],
    ["a last line that has no end", "a", "a\n", MISSING("-a", "+a\n")],
    ["ends of lines", "a\r\n", "a\n", "@@ -1 +1 @@\n-a\r\n+a\n"],
  ])("shows %s", (_, before, after, hunk) => {
    expect(unifiedDiff("slos/a.yaml", before, after)).toBe(
      `--- a/slos/a.yaml\n+++ b/slos/a.yaml\n${hunk}`,
    );
  });

  test("of a new file comes from nothing", () => {
    expect(unifiedDiff("a", "", "x\n")).toBe("--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\n");
  });

  test("shows three lines around a change, and changes apart as parts", () => {
    const before = lines(..."abcdefghijklmnopqrst");
    const after = before.replace("c\n", "C\n").replace("r\n", "R\n");
    expect(unifiedDiff("a", before, after).split("\n").slice(2)).toEqual([
      ...["@@ -1,6 +1,6 @@", " a", " b", "-c", "+C", " d", " e", " f"],
      ...["@@ -15,6 +15,6 @@", " o", " p", " q", "-r", "+R", " s", " t", ""],
    ]);
  });
});

function MISSING(removed: string, added: string): string {
  return `@@ -1 +1 @@\n${removed}\n\\ No newline at end of file\n${added}`;
}

const hasGit = spawnSync("git", ["--version"]).status === 0;

describe.skipIf(!hasGit)("git", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "plimsoll-diff-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What git makes of the old text and the diff, outside of any repository. */
  function applied(before: string, diff: string): string {
    writeFileSync(join(folder, "a.yaml"), before);
    writeFileSync(join(folder, "a.patch"), diff);
    const { status, stderr } = spawnSync("git", ["apply", "--whitespace=nowarn", "a.patch"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    return readFileSync(join(folder, "a.yaml"), "utf8");
  }

  test("makes the new text of the old one, whatever they are", () => {
    const line = fc.constantFrom("a: 1", "b: 2", "", "  - c", "c\r");
    const text = fc
      .tuple(fc.array(line, { minLength: 1, maxLength: 30 }), fc.boolean())
      .map(([all, ended]) => all.join("\n") + (ended ? "\n" : ""))
      .filter((all) => all !== "");
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff("a.yaml", before, after);
        if (diff !== "") expect(applied(before, diff)).toBe(after);
      }),
      { numRuns: 60 },
    );
  });
});

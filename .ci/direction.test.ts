import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let tree: string;

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), "plimsoll-direction-"));
  for (const file of ["package.json", "tsconfig.json"]) cpSync(file, join(tree, file));
  for (const room of ["lib", "db"]) mkdirSync(join(tree, room));
  writeFileSync(join(tree, "db/x.ts"), "export const x = 1;\n");
});
afterEach(() => rmSync(tree, { recursive: true }));

function check(libFile: string) {
  writeFileSync(join(tree, "lib/a.ts"), libFile);
  return spawnSync(process.execPath, [".ci/direction.ts", tree], { encoding: "utf8" });
}

test.each([
  ["a relative import", 'import { x } from "../db/x.ts";\nexport const y = x;\n'],
  ["an import by name", 'import { x } from "#db/x.ts";\nexport const y = x;\n'],
  ["a type alone", 'import type { x } from "#db/x.ts";\nexport type Y = typeof x;\n'],
])("a planted violation is found: lib reading db by %s", (_how, text) => {
  const found = check(text);
  expect(found.stderr).toContain("lib-imports: lib/a.ts → db/x.ts");
  expect(found.status).toBe(1);
});

test("lib may not touch the disk", () => {
  expect(check('import fs from "node:fs";\nexport const y = fs;\n').stderr).toContain(
    "lib-is-pure",
  );
});

test("a tree that keeps the rules passes", () => {
  expect(check("export const y = 1;\n").status).toBe(0);
});

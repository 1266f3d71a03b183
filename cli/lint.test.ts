import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lint } from "#cli/lint.ts";
import { plain } from "#lib/spec/testing.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "plimsoll-lint-"));
  mkdirSync(join(cwd, "slos/deep"), { recursive: true });
  write("slos/api.yaml", plain());
  write("slos/deep/web.yml", plain({}, { service: "web" }));
  write("slos/notes.txt", "not a document");
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (path: string, text: string | Buffer) => writeFileSync(join(cwd, path), text);
const told = async (...patterns: string[]) => {
  const { findings } = await lint(patterns, cwd);
  return findings.map(({ file, message }) => `${file}: ${message}`);
};

describe("what is read", () => {
  test.each([
    ["files", ["slos/api.yaml", "slos/deep/web.yml"], 2],
    ["a folder, with all in it", ["slos"], 2],
    ["a glob", ["slos/**/*.{yaml,yml}"], 2],
    ["one file by several names, once", ["slos/api.yaml", "./slos/api.yaml", "slos/*.yaml"], 1],
  ])("%s", async (_, patterns, files) => {
    expect(await lint(patterns, cwd)).toEqual({
      files,
      slos: files,
      errors: 0,
      warnings: 0,
      findings: [],
    });
  });

  test("a file whose name looks like a glob", async () => {
    write("slos/[team].yaml", plain({}, { service: "team" }));
    expect(await lint(["slos/[team].yaml"], cwd)).toMatchObject({ files: 1, errors: 0 });
  });
});

describe("what cannot be read is an error", () => {
  test("a name that is not there, beside one that is", async () => {
    expect(await told("slos/none.yaml", "slos/api.yaml", "x/*.yaml")).toEqual([
      "slos/none.yaml: cannot be read: there is no such file",
      "x/*.yaml: cannot be read: there is no such file",
    ]);
  });

  test("a file that is not text, or far too large", async () => {
    write("slos/a.yaml", Buffer.from([0xff, 0xfe, 0x00]));
    write("slos/b.yaml", Buffer.alloc(4 * 1024 * 1024 + 1, "#"));
    expect(await told("slos/a.yaml", "slos/b.yaml")).toEqual([
      "slos/a.yaml: cannot be read: it is not UTF-8 text",
      "slos/b.yaml: cannot be read: it has 4194305 bytes, more than 4194304",
    ]);
  });

  test("a name that two files define", async () => {
    write("slos/copy.yaml", plain());
    expect(await told("slos")).toEqual([
      "slos/api.yaml: api/availability is defined in slos/copy.yaml:3 as well; rename one or take it out",
      "slos/copy.yaml: api/availability is defined in slos/api.yaml:3 as well; rename one or take it out",
    ]);
  });
});

describe("plimsoll lint", () => {
  const script = join(import.meta.dirname, "plimsoll.ts");
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };

  test("ends with 0 when all is fine, and says what was read", () => {
    expect(run("lint", "slos")).toEqual({
      status: 0,
      stdout: "2 files, 2 SLOs, 0 errors, 0 warnings\n",
      stderr: "",
    });
  });

  test("prints warnings and still ends with 0", () => {
    write("slos/api.yaml", plain({ target: "0.1" }));
    const { status, stdout } = run("lint", "slos/api.yaml");
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^slos\/api\.yaml:5:13 slos\[0\]\.target: warning: .* \[low-objective\]\n1 file, 1 SLO, 0 errors, 1 warning\n$/,
    );
  });

  test("prints each error with its place and ends with 1", () => {
    write("slos/api.yaml", plain({ target: "99.5" }));
    expect(run("lint", "slos/api.yaml")).toEqual({
      status: 1,
      stdout:
        "slos/api.yaml:5:13 slos[0].target: must be between 0 and 1, got 99.5; write 0.995 [target-range]\n" +
        "1 file, 0 SLOs, 1 error, 0 warnings\n",
      stderr: "",
    });
  });

  test("gives one object with --json", () => {
    const { status, stdout } = run("lint", "--json", "slos", "none");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      files: 2,
      slos: 2,
      errors: 1,
      warnings: 0,
      findings: [
        { severity: "error", code: "unreadable", file: "none", line: 1, column: 1, path: "" },
      ],
    });
  });

  test("says how it is used when nothing is named", () => {
    const { status, stderr } = run("lint");
    expect(status).not.toBe(0);
    expect(stderr).toContain("missing required argument 'files'");
  });

  test("knows its version", () => expect(run("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/));
});

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { duration, extraLabel, origin, pair } from "#cli/rules/arguments.ts";
import { inWords, writeWhole } from "#cli/rules/output.ts";
import { readRules } from "#cli/rules/report.ts";
import { plain } from "#lib/spec/testing.ts";

const URL = "https://plimsoll.example";
const RULES = { url: URL, extraLabels: {}, scrapeIntervalMs: 60_000 };
const COUNTS = "2 files, 2 SLOs, 2 groups, 48 rules";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "plimsoll-rules-"));
  mkdirSync(join(cwd, "slos"));
  write("slos/api.yaml", plain());
  write("slos/web.yaml", plain({}, { service: "web" }));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (path: string, text: string) => writeFileSync(join(cwd, path), text);

function run(...args: string[]) {
  const script = join(import.meta.dirname, "plimsoll.ts");
  const env = { ...process.env, PLIMSOLL_URL: "" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, "rules", ...args], {
    ...{ cwd, env, encoding: "utf8" },
  });
  return { status, stdout, stderr };
}

describe("plimsoll rules", () => {
  test("prints the rules; what was read and where links lead stand beside them", () => {
    const { status, stdout, stderr } = run("slos");
    expect(status).toBe(0);
    expect(stderr).toMatch(/^plimsoll: links .* with --url or PLIMSOLL_URL\n2 files, .*\n$/);
    expect(stderr).toContain(COUNTS);
    const { groups } = parse(stdout);
    expect(groups.map(({ name }: { name: string }) => name)).toEqual([
      ...["plimsoll:api/availability", "plimsoll:web/availability"],
    ]);
  });

  test("writes a file instead, as resources of the operator, and gives one object with --json", () => {
    const args = ["--out", "rules.yaml", "--format", "operator", "--extra-label", "cluster=eu"];
    const { status, stdout, stderr } = run("--url", URL, "--json", ...args, "slos/api.yaml");
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ files: 1, slos: 1, rules: 24, errors: 0, findings: [], out: "rules.yaml" },
      groups: [{ service: "api", name: "plimsoll:api/availability", interval: "1m" }],
    });
    const resource = parse(readFileSync(join(cwd, "rules.yaml"), "utf8"));
    expect(resource).toMatchObject({ kind: "PrometheusRule", metadata: { name: "plimsoll-api" } });
    const labels = { cluster: "eu", slo: "availability" };
    expect(resource.spec.groups[0].rules[0].labels).toMatchObject(labels);
  });

  test("with an error anywhere leaves the file as it was, and ends with 1", () => {
    write("rules.yaml", "groups: []");
    write("slos/web.yaml", plain({ target: "99.5" }, { service: "web" }));
    const { status, stderr } = run("--url", URL, "--out", "rules.yaml", "slos");
    expect(status).toBe(1);
    expect(stderr).toContain("write 0.995 [target-range]\n1 error, so nothing is written\n");
    expect(readFileSync(join(cwd, "rules.yaml"), "utf8")).toBe("groups: []");
  });
});

test("what the rules cannot say is a note at the SLO's place", async () => {
  write("slos/api.yaml", plain({ target: "0.9" }));
  const report = await readRules(["slos/api.yaml"], RULES, cwd);
  expect(inWords(report, "r.yaml")).toMatch(
    /^slos\/api\.yaml:3:5 slos\[0\]: note: has no alert for page-fast: .* \[tier-never-fires\]\n1 file, .* written to r\.yaml$/,
  );
});

test("a file that cannot be written leaves nothing behind", async () => {
  mkdirSync(join(cwd, "taken"));
  await expect(writeWhole("taken", "x", cwd)).rejects.toThrow("--out: ");
  write("file", "");
  await expect(writeWhole("file/rules.yaml", "x", cwd)).rejects.toThrow("--out: ");
  expect(readdirSync(cwd).sort()).toEqual(["file", "slos", "taken"]);
});

test("a folder that is not there is made", async () => {
  await writeWhole("rules/eu/slos.yaml", "x", cwd);
  expect(readFileSync(join(cwd, "rules/eu/slos.yaml"), "utf8")).toBe("x");
  expect(readdirSync(join(cwd, "rules/eu"))).toEqual(["slos.yaml"]);
});

describe("options", () => {
  test("labels may be repeated, with any value", () => {
    expect(extraLabel("b=x=y", extraLabel("a=", {}))).toEqual({ a: "", b: "x=y" });
    expect(() => pair("a", {})).toThrow("name=value");
    expect(() => pair("a=1", { a: "0" })).toThrow("a is given twice");
  });

  test.each(["service=x", "__name__=x", "a-b=x", "=x"])("%s is no label", (text) =>
    expect(() => extraLabel(text, {})).toThrow(),
  );

  test("an address is its origin", () => expect(origin("https://plimsoll.example/")).toBe(URL));
  test.each(["plimsoll.example", "ftp://x", "https://x/y", "https://u:p@x", ""])(
    "“%s” is no address",
    (text) => expect(() => origin(text)).toThrow("without a path"),
  );

  test("a scrape interval is a duration of at most five minutes", () => {
    expect(["15s", "1m", "5m"].map(duration)).toEqual([15_000, 60_000, 300_000]);
    for (const text of ["", "0s", "6m", "1 minute"])
      expect(() => duration(text)).toThrow("such as 30s");
  });
});

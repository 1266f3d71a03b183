import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ConvertOptions, convertDocuments, runConvert } from "#cli/convert.ts";
import { readDocument } from "#lib/spec/read.ts";
import { openSlo, openSloObject, plain, pyrra } from "#lib/spec/testing.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "plimsoll-convert-"));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (path: string, text: string) => writeFileSync(join(cwd, path), text);
async function run(options: ConvertOptions, ...patterns: string[]) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const out = (text: string) => void stdout.push(text);
  const err = (text: string) => void stderr.push(text);
  const status = await runConvert(patterns, options, { cwd, out, err });
  return { status, stdout: stdout.join(""), stderr: stderr.join("") };
}

describe("plimsoll convert", () => {
  test("writes to stdout what reads as the same, tells losses on stderr, and ends with 0", async () => {
    write("a.yaml", plain({ runbook: "https://wiki.example/a" }));
    const { status, stdout, stderr } = await run({ to: "openslo" }, "a.yaml");
    expect(status).toBe(0);
    expect(readDocument("b.yaml", stdout)).toMatchObject({
      dialect: "openslo",
      slos: [{ definition: { service: "api", name: "availability", objective: 0.995 } }],
    });
    expect(stderr).toBe("api/availability runbook: the runbook is not carried over\n");
  });

  test("writes a file for each service into a folder that it makes", async () => {
    write("a.yaml", [plain(), plain({}, { service: "web" }), plain({ name: "b" })].join("\n---\n"));
    expect(await run({ to: "sloth", out: "new/slos" }, "a.yaml")).toMatchObject({
      status: 0,
      stdout: "",
    });
    expect(readdirSync(join(cwd, "new/slos")).sort()).toEqual(["api.yaml", "web.yaml"]);
    const api = readFileSync(join(cwd, "new/slos/api.yaml"), "utf8");
    expect(readDocument("api.yaml", api).slos.map(({ definition }) => definition.name)).toEqual([
      "availability",
      "b",
    ]);
  });

  test("leaves files that are there alone, and then writes none", async () => {
    write("a.yaml", `${plain()}\n---\n${plain({}, { service: "web" })}`);
    write("web.yaml", "mine");
    const { status, stderr } = await run({ to: "plain", out: "." }, "a.yaml");
    expect(status).toBe(1);
    expect(stderr).toContain("web.yaml is there already; move it or name another folder\n");
    expect(readFileSync(join(cwd, "web.yaml"), "utf8")).toBe("mine");
    expect(existsSync(join(cwd, "api.yaml"))).toBe(false);
  });

  test("writes nothing and ends with 1 when one document has an error", async () => {
    write("a.yaml", plain());
    write("b.yaml", plain({ name: "b", target: "7" }));
    const { status, stdout, stderr } = await run({ to: "sloth" }, "a.yaml", "b.yaml");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^b\.yaml:5:13 slos\[0\]\.target: must be between 0 and 1, got 7/);
  });

  test("writes the others and ends with 2 when the format cannot say an SLO", async () => {
    write(
      "a.yaml",
      `${pyrra()}\n---\n${plain({ sli: "{ metric: max(x), op: lt, threshold: 1 }" })}`,
    );
    const { status, stdout, stderr } = await run({ to: "pyrra" }, "a.yaml");
    expect(status).toBe(2);
    expect(readDocument("b.yaml", stdout).slos).toHaveLength(1);
    expect(stderr).toContain("api/availability is left out: Pyrra's metrics are bare selectors");
  });

  test("prints one object with --json, and nothing on stderr", async () => {
    write("a.yaml", plain({ enforced: "false" }));
    const { status, stdout, stderr } = await run(
      { to: "sloth", json: true },
      "a.yaml",
      "none.yaml",
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      files: [],
      losses: [
        {
          slo: "api/availability",
          written: true,
          losses: [{ field: "sli" }, { field: "enforced" }],
        },
      ],
      findings: [{ code: "unreadable", file: "none.yaml" }],
    });
  });
});

test("what cannot be evaluated yet can be converted, from documents that refer to each other", async () => {
  const month = "[{ duration: 1M, calendar: { startTime: '2026-01-01 00:00', timeZone: UTC } }]";
  write(
    "slo.yaml",
    openSlo({ timeWindow: month, indicator: null, indicatorRef: "size" }).replace(
      "target: 0.99",
      "target: 0.99, op: lt, value: 5",
    ),
  );
  const metric = "{ metricSource: { type: Prometheus, spec: { query: max(queue_size) } } }";
  write("sli.yaml", openSloObject("SLI", { thresholdMetric: metric }, { name: "size" }));
  const { files } = await convertDocuments(["*.yaml"], { to: "plain", cwd });
  expect(files.map(({ name }) => name)).toEqual(["api.yaml"]);
  expect(files[0]?.text).toContain("window: month\n");
  expect(files[0]?.text).toContain("threshold: 5\n");
});

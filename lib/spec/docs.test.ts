import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ERROR_CODES, LINT_CODES, LOSS_CODES } from "#lib/spec/codes.ts";
import { formatFindings } from "#lib/spec/format.ts";
import { readDocument, readDocuments } from "#lib/spec/read.ts";
import { plain } from "#lib/spec/testing.ts";

const guide = readFileSync(join(import.meta.dirname, "../../docs/slo-documents.md"), "utf8");

test.each([
  ["Errors", ERROR_CODES],
  ["Warnings", LINT_CODES],
  ["Notes", LOSS_CODES],
])("the guide's table under “%s” lists exactly the codes that there are", (title, codes) => {
  const section = guide.split("\n## ").find((part) => part.startsWith(`${title}\n`)) ?? "";
  const rows = [...section.matchAll(/^\| `([a-z-]+)` \| (.+) \|$/gm)].map(([, code, text]) => [
    code,
    text,
  ]);
  expect(rows).toEqual(Object.entries(codes));
});

test("the guide's worked example loads without a warning", () => {
  const example = /```yaml\n(service: .*?)```/s.exec(guide)?.[1] ?? "";
  const { slos, findings } = readDocument("example.yaml", example);
  expect(slos.map(({ definition }) => [definition.name, definition.sli.kind])).toEqual([
    ["availability", "events"],
    ["latency", "events"],
    ["queue", "threshold"],
  ]);
  expect(formatFindings(findings.filter(({ severity }) => severity !== "loss"))).toBe("");
});

/** The block of YAML that begins so. */
const block = (start: string) =>
  guide
    .split("```yaml\n")
    .find((part) => part.startsWith(start))
    ?.split("```")[0] ?? "";

test("the guide's exclusions are read as they are, at the top and beside a BudgetAdjustment", () => {
  const text = `${plain()}\n${block("exclusions:")}`;
  const [read] = readDocuments([
    { file: "a.yaml", text: text.replace("service: api", "service: checkout") },
    { file: "b.yaml", text: block("apiVersion: n9") },
  ]);
  expect(read?.findings).toEqual([]);
  const said = read?.slos[0]?.definition.exclusions ?? [];
  expect(
    said.map(({ of, title, startsAt }) => [of, title, new Date(startsAt).getUTCHours()]),
  ).toEqual([
    ["service", "Database upgrade", 0],
    ["service", "Patch Sunday, agreed with support", 1],
    ["slo", "Monthly patches", 1],
  ]);
});

test("the guide's example of a message is what is printed", () => {
  const line = /^slos\/api\.yaml:14:13 .*$/m.exec(guide)?.[0];
  const text = `${"\n".repeat(11)}service: api\nslos:\n  - target: 99.5\n`;
  expect(formatFindings(readDocument("slos/api.yaml", text).findings).split("\n")).toContain(line);
});

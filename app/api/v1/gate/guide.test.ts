import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { gateAnswer } from "#app/api/v1/gate/schema.ts";

const GUIDE = readFileSync(join(import.meta.dirname, "../../../../docs/gate.md"), "utf8");

function examples(language: string): string[] {
  const fence = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs");
  return [...GUIDE.matchAll(fence)].map(([, text]) => text ?? "");
}

const FIELDS: readonly string[] = Object.keys(gateAnswer.shape);
const REASON: readonly string[] = Object.keys(gateAnswer.shape.reasons.element.shape);

describe("docs/gate.md", () => {
  test("shows an answer as the schema has it", () => {
    const [answer, ...more] = examples("json");
    expect(more).toEqual([]);
    expect(() => gateAnswer.parse(JSON.parse(answer ?? ""))).not.toThrow();
  });

  test("has a job step, a hook and an analysis that are YAML", () => {
    const kinds = examples("yaml").map(
      (text) => z.looseObject({}).parse(parse(text)).kind ?? "jobs",
    );
    expect(kinds).toEqual(["jobs", "Job", "AnalysisTemplate"]);
  });

  test("has the analysis read a field of the answer, at the route that there is", () => {
    const shape = z.object({
      spec: z.object({
        metrics: z.tuple([
          z.object({
            successCondition: z.string(),
            provider: z.object({ web: z.object({ url: z.string(), jsonPath: z.string() }) }),
          }),
        ]),
      }),
    });
    const template = shape.parse(parse(examples("yaml")[2] ?? ""));
    const [{ provider, successCondition }] = template.spec.metrics;
    const { pathname, searchParams } = new URL(provider.web.url);
    expect(pathname).toBe("/api/v1/gate");
    expect([...searchParams.keys()]).toEqual(["service", "environment"]);
    const [, field = ""] = /^\{\$\.(\w+)\}$/.exec(provider.web.jsonPath) ?? [];
    expect(FIELDS).toContain(field);
    expect(successCondition).toBe("result == true");
    expect(gateAnswer.shape.proceed.safeParse(true).success).toBe(true);
  });

  test("has policies and filters that read fields of the answer alone", () => {
    const [rego = ""] = examples("rego");
    const read = [...rego.matchAll(/input\.gate\.(\w+)/g)].map(([, name]) => name ?? "");
    expect(read.length).toBeGreaterThan(3);
    for (const name of read) expect(FIELDS).toContain(name);
    for (const [, name] of rego.matchAll(/\br\.(\w+)/g)) expect(REASON).toContain(name);
    const filters = [...GUIDE.matchAll(/jq -\w+ \.(\w+)/g)].map(([, name]) => name ?? "");
    expect(filters).toEqual(["summary", "proceed"]);
    for (const name of filters) expect(FIELDS).toContain(name);
  });

  test.each([
    ['{"decision":"allow","proceed":true}', 0],
    ['{"decision":"block","proceed":false}', 1],
    ["", 1],
  ])("has a hook whose shell ends rightly at %j", (answer, code) => {
    expect(hookEndsWith(`curl() { printf '%s' "$ANSWER"; }`, answer)).toBe(code);
  });

  test("has a hook whose shell ends with 2 where the server does not answer", () => {
    expect(hookEndsWith("curl() { return 22; }", "")).toBe(2);
  });
});

/** The hook's script with another curl. */
function hookEndsWith(curl: string, answer: string): number | null {
  const shape = z.object({
    spec: z.object({
      template: z.object({
        spec: z.object({ containers: z.tuple([z.looseObject({ args: z.tuple([z.string()]) })]) }),
      }),
    }),
  });
  const hook = shape.parse(parse(examples("yaml")[1] ?? ""));
  const [script] = hook.spec.template.spec.containers[0].args;
  const env = { ...process.env, ANSWER: answer, PLIMSOLL_TOKEN: "t" };
  return spawnSync("sh", ["-c", `${curl}\n${script}`], { env, encoding: "utf8" }).status;
}

import { describe, expect, test } from "vitest";
import { nameOfSlo, pathInRepository, sloAtLine, sloNamed } from "#lib/editor/chosen.ts";
import { DIALECTS, isExample, startDialect, TEMPLATES } from "#lib/editor/templates.ts";
import { readDocument } from "#lib/spec/read.ts";

const TWO = `${TEMPLATES.plain}${TEMPLATES.plain
  .slice(TEMPLATES.plain.indexOf("  - name"))
  .replace("availability", "latency")}`;

describe("the SLO of a line", () => {
  const { slos } = readDocument("a.yaml", TWO);
  const named = (line: number) => sloAtLine(slos, line)?.definition.name;

  test("is the one that it stands in, before all of them the first", () => {
    expect([1, 4, 10, 11, 99].map(named)).toEqual([
      ...["availability", "availability", "availability"],
      ...["latency", "latency"],
    ]);
  });

  test("is none where there is none", () => expect(sloAtLine([], 3)).toBeNull());

  test("is found again by its name", () => {
    for (const slo of slos) expect(sloNamed(slos, nameOfSlo(slo.definition))).toBe(slo);
    expect(sloNamed(slos, "checkout/no")).toBeNull();
  });
});

describe("the examples to begin with", () => {
  test.each(DIALECTS)("%s is right as it stands", (dialect) => {
    const { slos, findings } = readDocument("a.yaml", TEMPLATES[dialect]);
    expect(findings.filter(({ severity }) => severity !== "loss")).toEqual([]);
    expect(slos.map(({ definition }) => nameOfSlo(definition))).toEqual(["checkout/availability"]);
    expect(slos[0]?.definition.objective).toBeCloseTo(0.999, 10);
    expect(startDialect(dialect)).toBe(dialect);
  });

  test.each(DIALECTS)("%s is told from what was made of it", (dialect) => {
    expect(isExample(TEMPLATES[dialect])).toBe(true);
    expect(isExample(TEMPLATES[dialect].replace("checkout", "mine"))).toBe(false);
  });

  test("another name is none of them", () => expect(startDialect("nobl9")).toBeNull());
});

test("a path in a repository is told without it", () => {
  expect(pathInRepository("org/shop:slos/a.yaml")).toBe("slos/a.yaml");
  expect(pathInRepository("slos/a.yaml")).toBe("slos/a.yaml");
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changedFields } from "#lib/convert/changed.ts";
import { convert } from "#lib/convert/convert.ts";
import { TARGETS } from "#lib/convert/loss.ts";
import { definitions } from "#lib/convert/testing.ts";
import { readDocuments } from "#lib/spec/read.ts";
import { alertWindows, openSlo, plain, pyrra, sloth } from "#lib/spec/testing.ts";

function read(text: string) {
  const [document] = readDocuments([{ file: "a.yaml", text }]);
  const errors = document?.findings.filter(({ severity }) => severity === "error");
  expect(errors).toEqual([]);
  return (document?.slos ?? []).map(({ definition }) => definition);
}

describe.each(TARGETS)("written as %s", (target) => {
  test("an SLO is read back the same, but for the fields that the loss report names", () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const { text, losses } = convert([definition], target);
        const [report] = losses;
        if (!report?.written) {
          expect(text).toBe("");
          expect(report?.losses).not.toEqual([]);
          return;
        }
        const [back, ...more] = read(text);
        expect(more).toEqual([]);
        const told = new Set<string>(report.losses.map(({ field }) => field));
        const untold = back
          ? changedFields(definition, back).filter((field) => !told.has(field))
          : ["all"];
        expect(untold).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test("what it could say once it says again: a second round changes nothing", () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const first = convert([definition], target);
        if (first.text === "") return;
        const again = convert(read(first.text), target);
        expect(again.text).toBe(first.text);
        expect(again.losses.flatMap(({ losses }) => losses)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

test("a plain document loses nothing, whatever it says", () => {
  fc.assert(
    fc.property(definitions, (definition) => {
      const { text, losses } = convert([definition], "plain");
      expect(losses).toEqual([
        { slo: `${definition.service}/${definition.name}`, written: true, losses: [] },
      ]);
      const [back] = read(text);
      expect(back && changedFields(definition, back)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test.each([
  ["plain", plain()],
  ["sloth", sloth()],
  ["openslo", openSlo()],
  ["pyrra", pyrra()],
] as const)("a %s document becomes itself without a loss", (target, text) => {
  const slos = read(text);
  const { text: written, losses } = convert(slos, target);
  expect(losses.flatMap((all) => all.losses)).toEqual([]);
  expect(read(written)).toEqual(slos);
});

test.each(TARGETS.flatMap((from) => TARGETS.map((to) => [from, to] as const)))(
  "errors of a total go from %s to %s and back without a loss",
  (from, to) => {
    const { text } = convert(
      read(pyrra({ window: "30d" }, { labels: "{ team: shop, pyrra.dev/service: api }" })),
      from,
    );
    const there = convert(read(text), to);
    expect(there.losses.flatMap(({ losses }) => losses)).toEqual([]);
    expect(convert(read(there.text), from).text).toBe(text);
  },
);

test("good events become the rest of the total for Sloth, and several series are added up first", () => {
  const sli = "{ good: 'rate(ok_total[5m])', total: 'sum(rate(all_total[5m]))' }";
  expect(convert(read(plain({ sli })), "sloth").text).toContain(
    "error_query: (sum(rate(all_total[{{.window}}]))) - sum(rate(ok_total[{{.window}}]))",
  );
});

test("a limit becomes the share of minutes beyond it for Sloth", () => {
  const sli = "{ metric: max(queue_size), op: lte, threshold: 60 }";
  expect(convert(read(plain({ sli })), "sloth").text).toContain(
    "error_ratio_query: avg_over_time((max(max(queue_size)) > bool 60)[{{.window}}:1m])",
  );
});

test("alert tiers from a catalog reach OpenSLO as one policy each", () => {
  const files = [sloth(), alertWindows()].map((text, i) => ({ file: `${i}.yaml`, text }));
  const slos = readDocuments(files).flatMap((d) => d.slos.map(({ definition }) => definition));
  const [back] = read(convert(slos, "openslo").text);
  expect(back?.alerting.tiers).toEqual(slos[0]?.alerting.tiers);
});

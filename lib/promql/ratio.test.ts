import fc from "fast-check";
import { expect, test } from "vitest";
import { type RatioSplit, splitRatio } from "#lib/promql/ratio.ts";
import { parsePromql } from "#lib/promql/tree.ts";

function split(query: string) {
  const parsed = parsePromql(query);
  if ("error" in parsed) throw new Error(parsed.error.message);
  return splitRatio(parsed.tree);
}

const AB: RatioSplit = { numerator: "A", total: "B", complement: false, scale: 1, dropped: null };

test.each<readonly [string, Partial<RatioSplit>]>([
  ["A / B", {}],
  ["(A / B)", {}],
  ["((A) / (B))", {}],
  ["A / on(job) B", {}],
  ["A / ignoring(code) group_left B", {}],
  ["A / on(job) group_left(team) B", {}],
  ["1 - A / B", { complement: true }],
  ["1 - (A / B)", { complement: true }],
  ["-A / B + 1", { complement: true }],
  ["100 * A / B", { scale: 100 }],
  ["A * 100 / B", { scale: 100 }],
  ["A / B * 100", { scale: 100 }],
  ["(A / B) * 100", { scale: 100 }],
  ["A / (B / 100)", { scale: 100 }],
  ["100 - A / B * 100", { complement: true, scale: 100 }],
  ["100 * (1 - A / B)", { complement: true, scale: 100 }],
  ["(1 - A / B) * 1e2", { complement: true, scale: 100 }],
  ["1 - (A - C) / B", { complement: true, numerator: "A - C" }],
  ["(A - C) / B", { numerator: "A - C" }],
  ["(A or vector(0)) / B", { numerator: "A or vector(0)" }],
  ["(B - A) / B", { numerator: "B - A" }],
  ["A / (C + D)", { total: "C + D" }],
  ["A / (B > 0)", {}],
  ["A / (B != 0)", {}],
  ["A / B > 0", {}],
  ["A / B or vector(1)", { dropped: "or vector(1)" }],
  ["(A / B) or on() vector(1)", { dropped: "or on() vector(1)" }],
  ["clamp_max(A / B, 1)", {}],
  ["clamp(1 - A / B, 0, 1)", { complement: true }],
  ["sum by (x) (A) / sum by (x) (B)", { numerator: "sum by (x) (A)", total: "sum by (x) (B)" }],
])("%s is split", (query, expected) => expect(split(query)).toEqual({ ...AB, ...expected }));

const NATIVE = "sum(rate(x[5m]))";
const FRACTION = `histogram_fraction(0, 0.2, ${NATIVE})`;
test.each<readonly [string, Partial<RatioSplit>]>([
  [FRACTION, {}],
  [`1 - ${FRACTION}`, { complement: true }],
  [`100 * ${FRACTION}`, { scale: 100 }],
])("%s is a share of the events of a native histogram", (query, expected) => {
  const total = `histogram_count(${NATIVE})`;
  expect(split(query)).toEqual({
    ...{ ...AB, numerator: `${FRACTION} * ${total}`, total },
    ...expected,
  });
});

test.each([
  "histogram_fraction(0, 0.2, x:recorded)",
  "A",
  "A + B",
  "A / B / C",
  "A / B + C / D",
  "sum(A / B)",
  "A / 5",
  "1",
  "A / 0",
  "A % B",
])("%s is no ratio at its top", (query) => expect(split(query)).toBeNull());

test.each([
  ["2 * A / B", "works out as 2 * (numerator / total)"],
  ["A / -B", "works out as -1 * (numerator / total)"],
  ["0.5 - A / B", "works out as 0.5 - 1 * (numerator / total)"],
  ["1 + A / B", "works out as 1 + 1 * (numerator / total)"],
])("%s is a ratio but no share", (query, message) => {
  expect(split(query)).toMatchObject({ error: expect.stringContaining(message) });
});

test("however a ratio is dressed, the same queries come out", () => {
  const dress = fc.constantFrom<[(q: string) => string, Partial<RatioSplit>]>(
    [(q) => `(${q})`, {}],
    [(q) => `+(${q})`, {}],
    [(q) => `(${q}) * 1`, {}],
    [(q) => `clamp_min(${q}, 0)`, {}],
    [(q) => `0 + (${q})`, {}],
    [(q) => `1 - (1 - (${q}))`, {}],
  );
  fc.assert(
    fc.property(fc.array(dress, { maxLength: 6 }), (layers) => {
      const query = layers.reduce((text, [wrap]) => wrap(text), "A / B");
      expect(split(query)).toEqual(AB);
    }),
  );
});

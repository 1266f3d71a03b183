import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocument } from "#lib/spec/read.ts";
import { metric, plain, sloth, slothCrd } from "#lib/spec/testing.ts";

const KINDS = [plain(), sloth(), slothCrd(), metric("histogram_quantile(0.9, x_bucket)")];

/** Documents with parts cut out, doubled, swapped and replaced by what trips parsers up. */
const mutated = fc
  .tuple(
    fc.constantFrom(...KINDS),
    fc.array(
      fc.record({
        from: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.nat(40),
        put: fc.oneof(
          fc.constantFrom(
            "",
            "\n",
            "- ",
            ": ",
            "  ",
            "\t",
            "{",
            "[",
            "'",
            '"',
            "&a ",
            "*a",
            "!!map ",
            "---\n",
          ),
          fc.constantFrom(
            "null",
            "1e999",
            "-0",
            "__proto__",
            "constructor",
            "{{.window}}",
            "\u0000",
            "\ud800",
            "/",
          ),
          fc.string({ maxLength: 12 }),
        ),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([document, edits]) =>
    edits.reduce((text, { from, length, put }) => {
      const at = Math.floor(from * text.length);
      return text.slice(0, at) + put + text.slice(at + length);
    }, document),
  );

test("a mutated document gives SLOs or errors, never a crash, and every finding has a place in it", () => {
  fc.assert(
    fc.property(mutated, (text) => {
      const { slos, findings } = readDocument("a.yaml", text);
      const lines = text.split("\n").length;
      for (const { line, column, message } of findings) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(message).not.toBe("");
      }
      const errors = findings.filter((finding) => finding.severity === "error");
      if (slos.length === 0) expect(errors).not.toEqual([]);
      for (const { definition } of slos) {
        expect(definition.objective).toBeGreaterThan(0);
        expect(definition.objective).toBeLessThan(1);
        expect(definition.policy.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 500 },
  );
});

describe("documents made to break a reader", () => {
  const laughs = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
  for (const [i, name] of [..."bcdefghij"].entries()) {
    laughs.push(`${name}: &${name} [${`*${"abcdefghi"[i]}, `.repeat(10)}]`);
  }
  test.each([
    ["a billion laughs", [...laughs, "service: *j", "slos: []"].join("\n"), "too-large"],
    ["nesting in brackets", `a: ${"[".repeat(5000)}`, "yaml-syntax"],
    [
      "nesting in lines",
      Array.from({ length: 90 }, (_, i) => `${" ".repeat(i)}service:`).join("\n"),
      "missing-field",
    ],
    ["more text than is read", "x".repeat(600_000), "too-large"],
    ["brackets in a query", metric("(".repeat(3000)), "query-syntax"],
    ["signs in a query", metric(`${"-".repeat(7000)}x`), "query-syntax"],
    ["ten thousand mistakes", `service: a\nslos:\n${"  - name: x\n".repeat(10_000)}`, "too-many"],
  ])("%s: told in bounded time", (_, text, code) => {
    const { slos, findings } = readDocument("a.yaml", text);
    expect(slos).toEqual([]);
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(findings.length).toBeLessThanOrEqual(1001);
  });

  test("a field named __proto__ changes no object", () => {
    const text = plain({ labels: "{ __proto__: x }" }, { "'__proto__'": "{ polluted: true }" });
    readDocument("a.yaml", text);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

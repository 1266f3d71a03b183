import fc from "fast-check";
import { expect, test } from "vitest";
import { stretchesOf } from "#lib/charts/spans.ts";
import { SLO_STATES } from "#lib/slo/status.ts";

const state = fc.constantFrom(...SLO_STATES);

test("stretches cover the range without hole or overlap, and neighbours differ", () => {
  const changes = fc
    .array(fc.record({ at: fc.integer({ min: -20, max: 120 }), state }), { maxLength: 12 })
    .map((all) => all.toSorted((a, b) => a.at - b.at));
  fc.assert(
    fc.property(fc.option(state, { nil: null }), changes, (before, all) => {
      const stretches = stretchesOf(before, all, { from: 0, to: 100 });
      expect(stretches[0]?.from).toBe(0);
      expect(stretches.at(-1)?.to).toBe(100);
      for (const [i, next] of stretches.slice(1).entries()) {
        expect(next.from).toBe(stretches[i]?.to);
        expect(next.state).not.toBe(stretches[i]?.state);
      }
    }),
  );
});

test("what was recorded again without a change is one stretch", () => {
  const same = [
    { at: 10, state: "watch" as const },
    { at: 20, state: "watch" as const },
  ];
  expect(stretchesOf("watch", same, { from: 0, to: 30 })).toEqual([
    { from: 0, to: 30, state: "watch" },
  ]);
});

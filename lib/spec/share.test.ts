import fc from "fast-check";
import { expect, test } from "vitest";
import { shareOfPercent } from "#lib/spec/share.ts";

test.each([
  [99.9, 0.999],
  [99.95, 0.9995],
  [99.99, 0.9999],
  [99.5, 0.995],
  [95, 0.95],
  [99.999, 0.99999],
  [1e-7, 1e-9],
])("%d %% is %d", (percent, share) => expect(shareOfPercent(percent)).toBe(share));

test("a percentage of up to five places is exactly the decimal that a person would write", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), (n) => {
      const percent = Number(`${n}e-5`);
      expect(shareOfPercent(percent)).toBe(Number(`${n}e-7`));
    }),
  );
});

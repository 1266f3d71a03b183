import { expect, test } from "vitest";
import { retryAfterMs, waitAfter } from "#lib/notices/retry.ts";
import { HOUR } from "#lib/time/duration.ts";

const wait = (attempts: number, asked: number | null = null, random = 0) =>
  waitAfter({ attempts, retryAfterMs: asked, random });

test("twelve tries in about 22 hours, ever further apart", () => {
  const waits = Array.from({ length: 12 }, (_, i) => wait(i + 1));
  expect(waits.at(-1)).toBeNull();
  const known = waits.filter((ms) => ms !== null);
  expect(known).toEqual(known.toSorted((a, b) => a - b));
  expect(known.reduce((sum, ms) => sum + ms, 0) / HOUR).toBeCloseTo(21.7, 0);
});

test("chance adds up to a fifth, and takes nothing away", () => {
  expect(wait(1)).toBe(10_000);
  expect(wait(1, null, 0.999)).toBe(11_998);
});

test("a receiver may ask for more, up to half a day, and not for less", () => {
  expect(wait(1, 90_000)).toBe(90_000);
  expect(wait(1, 1)).toBe(10_000);
  expect(wait(1, 1_000 * HOUR)).toBe(12 * HOUR);
  expect(wait(12, 90_000)).toBeNull();
});

const NOW = Date.parse("2026-07-01T10:00:00Z");
test.each([
  ["120", 120_000],
  ["0", 0],
  ["Wed, 01 Jul 2026 10:02:00 GMT", 120_000],
  ["Wed, 01 Jul 2026 09:00:00 GMT", 0],
  ["soon", null],
  ["", null],
  [null, null],
])("Retry-After %j is %j ms", (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});

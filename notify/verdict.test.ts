import { expect, test } from "vitest";
import type { Outcome } from "#notify/outbound.ts";
import { verdictOf } from "#notify/verdict.ts";

const NOW = Date.UTC(2026, 6, 1, 10);
const answered = (status: number, body = "", retryAfter: string | null = null): Outcome => ({
  ...{ outcome: "answered", status, body, retryAfter, cut: false, address: "192.0.2.1" },
});

test.each([
  [200, "delivered"],
  [202, "delivered"],
  [299, "delivered"],
  [400, "refused"],
  [401, "refused"],
  [404, "refused"],
  [408, "later"],
  [410, "gone"],
  [425, "later"],
  [429, "later"],
  [499, "refused"],
  [500, "later"],
  [503, "later"],
  [100, "later"],
])("an answer of %i: %s", (status, verdict) => {
  expect(verdictOf(answered(status), NOW).verdict).toBe(verdict);
});

test("a wait that is asked for is kept with the reason", () => {
  expect(verdictOf(answered(429, "slow down", "30"), NOW)).toEqual({
    ...{ verdict: "later", status: 429, reason: "answered 429: slow down", retryAfterMs: 30_000 },
  });
});

test("of a long answer the beginning is quoted, in one line without control characters", () => {
  const verdict = verdictOf(answered(400, `no\n\tgood\u0000\u001b[31m${"🛶".repeat(300)}`), NOW);
  const reason = "reason" in verdict ? verdict.reason : "";
  expect(reason).toMatch(/^answered 400: no good \[31m🛶+\ufffd?…$/u);
  expect(reason.length).toBeLessThan(230);
  expect(reason.isWellFormed()).toBe(true);
});

test("what cannot be asked is refused, what did not answer may another time", () => {
  const refused = { outcome: "refused", reason: "its address is loopback" } as const;
  expect(verdictOf(refused, NOW)).toEqual({
    ...{ verdict: "refused", status: null, reason: "its address is loopback" },
  });
  const failed = { outcome: "failed", kind: "timeout", reason: "no answer" } as const;
  expect(verdictOf(failed, NOW)).toEqual({
    ...{ verdict: "later", status: null, reason: "no answer", retryAfterMs: null },
  });
});

import { expect, test } from "vitest";
import { deliveryAdvice, deliveryMark, quotaWords } from "#components/sources/delivery-words.ts";
import type { DeliverySourceView } from "#components/sources/view.ts";

const source = (over: Partial<DeliverySourceView> = {}): DeliverySourceView => ({
  name: "github",
  state: "ok",
  address: "api.github.com",
  lastSuccessAt: 0,
  error: null,
  errorSince: null,
  quota: null,
  repositories: [],
  failures: [],
  backfill: null,
  ...over,
});
const FAILURE = { repository: "acme/gone", message: "there is no such repository" };

test.each([
  [{}, "healthy", "Answering"],
  [{ state: "starting" as const }, "unknown", "Not asked yet"],
  [{ failures: [FAILURE] }, "at-risk", "Answers in part"],
  [{ state: "failed" as const, failures: [FAILURE] }, "exhausted", "Not answering"],
])("a delivery source with %o is marked %s: %s", (over, mark, word) => {
  expect(deliveryMark(source(over))).toEqual({ mark, word });
});

test.each([
  ["github (h) refused our credentials (HTTP 401); check …", /token/],
  ["github (h) has no requests left for us at present (rate limit)", /quota is whole/],
  ["github (h) answered HTTP 503", /^It is asked again/],
])("to %s there is advice", (error, advice) => {
  expect(deliveryAdvice(source({ state: "failed", error }))).toMatch(advice);
});

test("a source that answers needs no advice", () => {
  expect(deliveryAdvice(source({ error: "old" }))).toBeNull();
});

test("a quota is told in points", () => {
  const quota = { used: 1, remaining: 1208, limit: 5000, resetAt: null };
  expect(quotaWords(quota)).toEqual({ left: "1,208 of 5,000 left", last: "last run took 1 point" });
});

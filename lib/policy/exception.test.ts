import { describe, expect, test } from "vitest";
import { covers, exceptionState } from "#lib/policy/exception.ts";
import { exceptionOf, NOW } from "#lib/policy/testing.ts";

describe("exceptionState", () => {
  test.each([
    [{}, "in-force"],
    [{ expiresAt: NOW + 1 }, "in-force"],
    [{ expiresAt: NOW }, "expired"],
    [{ decision: null }, "asked"],
    [{ decision: null, expiresAt: NOW }, "expired"],
    [{ decision: null, endedAt: NOW }, "withdrawn"],
    [{ endedAt: NOW }, "revoked"],
    [{ endedAt: NOW - 1, expiresAt: NOW - 1 }, "revoked"],
    [{ endedAt: NOW + 1 }, "in-force"],
    [{ decision: "rejected" }, "rejected"],
    [{ decision: "rejected", expiresAt: NOW - 1 }, "rejected"],
  ] as const)("of %j is %s", (of, state) => {
    expect(exceptionState(exceptionOf(of), NOW)).toBe(state);
  });
});

test.each([
  [{}, true],
  [{ slo: "a" }, true],
  [{ slo: "b" }, false],
  [{ environment: "production" }, true],
  [{ environment: "staging" }, false],
  [{ service: "cart" }, false],
  [{ slo: "a", environment: "staging" }, false],
])("a scope of %j covers: %s", (of, covered) => {
  const asked = { service: "checkout", slo: "a", environment: "production" };
  expect(covers(exceptionOf(of), asked)).toBe(covered);
});

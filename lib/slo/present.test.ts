import { describe, expect, test } from "vitest";
import { presentStatus } from "#lib/slo/present.ts";
import type { SloStatus } from "#lib/slo/status.ts";
import { MINUTE } from "#lib/time/duration.ts";

const AT = Date.UTC(2026, 0, 10, 12);
const status = {
  state: "healthy",
  held: false,
  remaining: 0.9,
  asOf: new Date(AT).toISOString(),
} as SloStatus;

describe("presentStatus", () => {
  test("is what was evaluated, while evaluations follow", () => {
    expect(presentStatus(status, AT + 10 * MINUTE)).toBe(status);
  });

  test("is unknown once none has followed for ten minutes, with the numbers of then", () => {
    expect(presentStatus(status, AT + 10 * MINUTE + 1)).toEqual({
      ...status,
      state: "unknown",
      held: true,
    });
  });
});

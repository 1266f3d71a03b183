import { describe, expect, test } from "vitest";
import { alertsShape } from "#config/alerts.ts";
import { MINUTE } from "#lib/time/duration.ts";

describe("the rules for incidents", () => {
  test("are none unless they are written", () => {
    expect(alertsShape.parse({})).toEqual({ incidents: [] });
  });

  test("count at once and for any labels unless they say more", () => {
    const rule = { severity: "page", as: "SEV2" };
    const more = { after: "5m", labels: { tier: "page-fast" } };
    expect(alertsShape.parse({ incidents: [rule, { ...rule, ...more }] }).incidents).toEqual([
      { ...rule, afterMs: 0, labels: {} },
      { ...rule, afterMs: 5 * MINUTE, labels: more.labels },
    ]);
  });

  test.each([
    [{ as: "SEV2" }, "severity"],
    [{ severity: "page", as: "SEV9" }, "as"],
    [{ severity: "page", as: "SEV2", after: "soon" }, "after"],
    [{ severity: "page", as: "SEV2", label: {} }, ""],
  ])("that are wrong say where: %j", (rule, field) => {
    const found = alertsShape.safeParse({ incidents: [rule] });
    expect(found.error?.issues.map(({ path }) => path.slice(2).join("."))).toEqual([field]);
  });
});

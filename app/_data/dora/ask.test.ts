import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askedDora, DORA_FIELDS, periodFields } from "#app/_data/dora/ask.ts";

const now = Date.UTC(2026, 10, 21, 14, 5);
const ask = (query: string) => askedDora(new URLSearchParams(query), now);

describe("what the delivery page is asked for", () => {
  test("is the last 30 days of all, in UTC, when nothing is said", () => {
    expect(ask("")).toMatchObject({
      ...{ team: "", service: "", zone: "UTC", year: 2024, rows: null, mistakes: {} },
      period: { kind: "last", days: 30 },
    });
  });

  test.each([
    ["period=90d", { kind: "last", days: 90 }],
    ["period=2026-03", { kind: "month", month: "2026-03" }],
    ["period=2026-11", { kind: "month", month: "2026-11" }],
    [
      "period=days&from=2026-03-01&to=2026-03-09",
      { kind: "days", from: "2026-03-01", to: "2026-03-09" },
    ],
    ["from=2026-03-01&to=2026-03-09", { kind: "days", from: "2026-03-01", to: "2026-03-09" }],
    // Days of a form that are left over beside another period do not count.
    ["period=90d&from=2026-03-01&to=", { kind: "last", days: 90 }],
  ])("%s", (query, period) => {
    expect(ask(query)).toMatchObject({ period, mistakes: {} });
  });

  test.each([
    ["period=week", "period"],
    ["period=2026-13", "period"],
    ["period=2027-01", "period"],
    ["period=days&from=2026-03-09&to=2026-03-01", "to"],
    ["period=days&from=2026-03-09", "to"],
    ["period=days&from=2020-01-01&to=2026-03-01", "to"],
    ["zone=Berlin", "zone"],
    ["zone=..%2Fetc", "zone"],
  ])("%s is said to be wrong, and the usual is shown", (query, field) => {
    const asked = ask(query);
    expect(Object.keys(asked.mistakes)).toEqual([field]);
    expect(asked).toMatchObject({ period: { kind: "last", days: 30 }, zone: "UTC" });
  });

  test("any text gives a period and a zone that can be used", () => {
    const field = fc.constantFrom(...DORA_FIELDS);
    fc.assert(
      fc.property(fc.array(fc.tuple(field, fc.string())), (pairs) => {
        const asked = askedDora(new URLSearchParams(pairs), now);
        const again = askedDora(
          new URLSearchParams({ ...periodFields(asked.period), zone: asked.zone }),
          now,
        );
        expect(again).toMatchObject({ period: asked.period, zone: asked.zone, mistakes: {} });
      }),
    );
  });
});

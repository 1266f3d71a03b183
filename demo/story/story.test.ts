import { describe, expect, test } from "vitest";
import { CAST, tellStory } from "#demo/story/story.ts";

const ANCHOR = Date.UTC(2026, 4, 13, 9, 30);
const MINUTE = 60_000;
const now = ANCHOR / MINUTE;

/** Share of its budget that a flow has spent at a minute; null without traffic. */
function consumed(anchor: number, name: string, at: number): number | null {
  const staged = tellStory(anchor).flows.find((f) => `${f.flow.service}/${f.flow.slo}` === name);
  if (!staged) throw new Error(`there is no ${name} in the story`);
  const { objective, windowDays } = staged.flow.promised;
  const start = Math.max(at - windowDays * 1440, staged.from);
  let bad = 0;
  let total = 0;
  for (let minute = start; minute < at; minute++) {
    bad += staged.bad(minute);
    total += staged.total(minute);
  }
  const expected = (total * windowDays * 1440) / (at - start);
  return total === 0 ? null : bad / ((1 - objective) * expected);
}

describe("the story", () => {
  test("is the same whenever and in whatever order it is asked", () => {
    const minutes = [now - 50_000, now, now + 999, now - 4_000];
    const ask = (order: readonly number[]) => {
      const { flows } = tellStory(ANCHOR);
      return new Map(order.map((m) => [m, flows.map((f) => [f.total(m), f.bad(m), f.isBad(m)])]));
    };
    const forwards = ask(minutes);
    const backwards = ask(minutes.toReversed());
    for (const minute of minutes) expect(backwards.get(minute)).toEqual(forwards.get(minute));
  });

  test("counts whole requests and never more bad ones than all", () => {
    for (const staged of tellStory(ANCHOR).flows) {
      for (let minute = now - 5_000; minute < now + 100; minute++) {
        const total = staged.total(minute);
        const bad = staged.bad(minute);
        expect(Number.isInteger(total) && Number.isInteger(bad)).toBe(true);
        expect(bad).toBeGreaterThanOrEqual(0);
        expect(bad).toBeLessThanOrEqual(total);
      }
    }
  });

  test("has 12 services and 30 SLOs, each once", () => {
    expect(new Set(CAST.map((flow) => flow.service)).size).toBe(12);
    expect(new Set(CAST.map((flow) => `${flow.service}/${flow.slo}`)).size).toBe(30);
    expect(CAST).toHaveLength(30);
  });
});

/** Any start must do: a working morning, the middle of the night, a Sunday, a Monday after it. */
const STARTS = [
  ANCHOR,
  Date.UTC(2026, 10, 21, 3, 7),
  Date.UTC(2026, 6, 5, 18, 0),
  Date.UTC(2026, 6, 6, 12, 0),
];

describe.each(STARTS.map((at) => [new Date(at).toISOString(), at] as const))(
  "begun at %s",
  (_, anchor) => {
    const minute = anchor / MINUTE;

    test("the bad release exhausts checkout within 38 minutes and it stays so for days", () => {
      const latest = minute - 3 * 1440;
      const release = latest - ((latest - (14 * 60 + 20)) % 1440);
      const at = (m: number) => consumed(anchor, "checkout/availability", m) ?? Number.NaN;
      expect(at(release)).toBeLessThan(0.4);
      expect(at(release + 32)).toBeLessThan(1);
      expect(at(release + 42)).toBeGreaterThan(1);
      expect(at(minute)).toBeGreaterThan(1.1);
      expect(at(minute + 5 * 1440)).toBeGreaterThan(1.1);
    });

    test("search was exhausted for weeks and has recovered", () => {
      const at = (daysAgo: number) =>
        consumed(anchor, "search/availability", minute - daysAgo * 1440) ?? Number.NaN;
      expect(at(22)).toBeLessThan(0.75);
      expect(at(15)).toBeGreaterThan(1);
      expect(at(2)).toBeLessThan(0.74);
      expect(at(2)).toBeGreaterThan(0.5);
    });

    test.each([
      ["payments/latency", 0.76, 0.95],
      ["recommendations/latency", 1.3, 2],
      ["notifications/email-delivery", 0.52, 0.7],
      ["cart/availability", 0.1, 0.4],
      ["catalog/price-feed", 0, 0.2],
      ["orders/availability", 0.05, 0.4],
    ])("%s has spent between %f and %f", (name, low, high) => {
      const share = consumed(anchor, name, minute) ?? Number.NaN;
      expect(share).toBeGreaterThan(low);
      expect(share).toBeLessThan(high);
    });

    test("the legacy feed has no traffic at all", () => {
      expect(consumed(anchor, "partner-import/legacy-feed", minute)).toBeNull();
    });
  },
);

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareFirings, differenceOf } from "#lib/alerts/compare.ts";
import { span } from "#lib/format/numbers.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const T0 = Date.UTC(2026, 0, 5);
type End = number | null;
const at = (minute: End) => (minute === null ? null : T0 + minute * MINUTE);
const ours = (from: number, to: End, tier = "page-fast") => ({
  ...{ tier, severity: tier.startsWith("page") ? ("page" as const) : ("ticket" as const) },
  ...{ startedAt: T0 + from * MINUTE, endedAt: at(to) },
});
let ids = 0;
const theirs = (
  from: number,
  to: End,
  { tier = "page-fast", severity = "page" }: { tier?: string | null; severity?: string } = {},
) => ({
  ...{ id: ++ids, name: "Burn", tier, severity },
  ...{ startsAt: T0 + from * MINUTE, endsAt: at(to) },
});

describe("our firing beside one from outside", () => {
  test.each([
    ["at the same time", ours(10, 30), theirs(11, 31), null],
    ["3 min earlier", ours(10, 30), theirs(7, 30), "The rule outside started 3 min before ours."],
    ["later", ours(10, 30), theirs(15, 31), "The rule outside started 5 min after ours."],
    ["longer", ours(10, 30), theirs(10, 50), "The rule outside ended 20 min after ours."],
    [
      "earlier and shorter",
      ours(10, 30),
      theirs(4, 20),
      "The rule outside started 6 min before ours and ended 10 min before ours.",
    ],
    [
      "over, ours not",
      ours(10, null),
      theirs(10, 30),
      "The rule outside is over while ours still fires.",
    ],
    [
      "not over",
      ours(10, 30),
      theirs(10, null),
      "The rule outside still fires while ours is over.",
    ],
    ["both still on", ours(10, null), theirs(10, null), null],
    [
      "of a severity alone",
      ours(10, 30),
      theirs(7, 30, { tier: null, severity: "critical" }),
      "The rule outside started 3 min before ours.",
    ],
  ])("%s", (_, own, outside, said) => {
    const pairs = compareFirings([own], [outside]);
    expect(pairs).toHaveLength(1);
    expect(pairs.map((pair) => differenceOf(pair, span))).toEqual([said]);
  });

  test.each([
    ["of another tier", theirs(10, 30, { tier: "ticket-fast" })],
    ["of another severity", theirs(10, 30, { tier: null, severity: "warning" })],
    ["at another time", theirs(40, 50)],
  ])("%s is another: each fired alone, newest first", (_, outside) => {
    const pairs = compareFirings([ours(10, 30)], [outside]);
    expect(pairs.map((pair) => differenceOf(pair, span)).toSorted()).toEqual([
      "Only ours fired.",
      "Only the rule outside fired.",
    ]);
    const starts = pairs.map((p) => p.ours?.startedAt ?? p.outside[0]?.startsAt ?? 0);
    expect(starts).toEqual(starts.toSorted((a, b) => b - a));
  });

  test("that let go and fired again is one with both", () => {
    const [pair, ...more] = compareFirings([ours(0, 60)], [theirs(30, 61), theirs(3, 20)]);
    expect(more).toEqual([]);
    expect(pair).toMatchObject({ startLagMs: 3 * MINUTE, endLagMs: MINUTE });
  });

  test("belongs to the one of ours with which it was on for longer", () => {
    const pairs = compareFirings([ours(0, 10), ours(12, 60)], [theirs(8, 60)]);
    expect(pairs.map(({ ours: own, outside }) => [own?.startedAt, outside.length])).toEqual([
      [at(12), 1],
      [at(0), 0],
    ]);
  });
});

const minute = fc.integer({ min: 0, max: HOUR / MINUTE });
const stretch = fc.tuple(minute, fc.option(minute)).map(([from, length]) => ({
  from,
  to: length === null ? null : from + length,
}));
const tier = fc.constantFrom("page-fast", "page-slow", "ticket-fast");

test("every firing stands there once, whatever there is", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(stretch, tier)),
      fc.array(fc.tuple(stretch, fc.option(tier))),
      (own, outside) => {
        const a = own.map(([{ from, to }, name]) => ours(from, to, name));
        const b = outside.map(([{ from, to }, name]) => theirs(from, to, { tier: name }));
        const pairs = compareFirings(a, b);
        expect(new Set(pairs.flatMap((pair) => pair.ours ?? []))).toEqual(new Set(a));
        expect(
          pairs
            .flatMap((pair) => pair.outside)
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(b.map(({ id }) => id).toSorted());
        expect(pairs).toHaveLength(a.length + pairs.filter((pair) => !pair.ours).length);
      },
    ),
  );
});

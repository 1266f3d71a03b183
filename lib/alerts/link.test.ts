import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { landingQuery, readLink } from "#lib/alerts/link.ts";
import { nearNames } from "#lib/alerts/near.ts";
import { sloOf } from "#lib/slo/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const START = Date.UTC(2026, 6, 1, 10);
const slo = "checkout/availability";

describe("a link", () => {
  test("needs no more than the SLO; what a template left empty is not said", () => {
    expect(readLink({ slo, startsAt: "", tier: "", other: "x" }).link).toEqual({
      ...{ service: "checkout", slo: "availability" },
      ...{ startsAt: null, fingerprint: null, instance: null, tier: null },
    });
  });

  test.each([
    "2026-07-01T10:00:00Z",
    "2026-07-01T10:00:00.000Z",
    "2026-07-01T12:00+02:00",
    // A plus that was not escaped.
    "2026-07-01T12:00:00 02:00",
    String(START / 1_000),
    String(START),
  ])("may spell its time as %s", (startsAt) => {
    expect(readLink({ slo, startsAt }).link?.startsAt).toBe(START);
  });

  test.each([
    [{}, /does not say which SLO/, false],
    [{ slo: "checkout" }, /must be service\/name/, false],
    [{ slo: "a/b/c" }, /must be service\/name/, false],
    [{ slo: "../x" }, /must be service\/name/, false],
    [{ slo: ["a/b", "c/d"] }, /“slo” is given more than once/, false],
    [{ slo, startsAt: "yesterday" }, /“startsAt” must be a time/, true],
    [{ slo, startsAt: "2026-13-01T10:00Z" }, /“startsAt” must be a time/, true],
    [{ slo, startsAt: "-1" }, /“startsAt” must be a time/, true],
    [{ slo, startsAt: "9999-01-01T00:00:00Z" }, /“startsAt” must be a time/, true],
    [{ slo, tier: "a\0" }, /“tier” cannot be read/, true],
    [{ slo, fingerprint: "x".repeat(2_000) }, /“fingerprint” cannot be read/, true],
  ])("that is wrong says what: %j", (asked, problem, isNamed) => {
    const read = readLink(asked);
    expect(read.problem).toMatch(problem);
    expect(read.link === null && read.named !== null).toBe(isNamed);
  });

  test("never fails, whatever it holds", () => {
    const value = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.array(fc.string(), { maxLength: 2 }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("slo", "startsAt", "tier", "x"), value),
        (asked) => {
          const read = readLink(asked);
          expect(read.link === null).toBe(read.problem !== null);
        },
      ),
    );
  });
});

describe("the landing", () => {
  const definition = sloOf({ objective: 0.999 });
  const at = (query: string) => Object.fromEntries(new URLSearchParams(query));
  const iso = (ms: number) => new Date(ms).toISOString();
  test("is as of the start, from the long window of the tier before it to its end", () => {
    const firing = { startsAt: START, endsAt: START + 20 * MINUTE, tier: "page-fast" };
    expect(at(landingQuery(firing, definition, START + DAY))).toEqual({
      ...{ at: iso(START), from: iso(START - HOUR), to: iso(START + 20 * MINUTE) },
      tier: "page-fast",
    });
  });
  test("goes on with the data while it fires, and three days back where no tier is known", () => {
    const firing = { startsAt: START, endsAt: null, tier: null };
    expect(at(landingQuery(firing, definition, START + HOUR))).toEqual({
      ...{ at: iso(START), from: iso(START - 3 * DAY) },
    });
  });
  test("of a sender whose clock is ahead is now", () => {
    const query = landingQuery(
      { startsAt: START + MINUTE, endsAt: null, tier: null },
      definition,
      START,
    );
    expect(at(query)).toEqual({ at: iso(START), from: iso(START - 3 * DAY) });
  });
});

test.each([
  ["checkout/availabilty", ["checkout/availability", "checkout/latency"]],
  ["chekout/uptime", ["checkout/availability", "checkout/latency"]],
  ["shop/availability", ["search/availability", "checkout/availability"]],
  ["nothing/like-it", []],
])("names near %s are %j", (wanted, near) => {
  const known = ["checkout/availability", "checkout/latency", "search/availability"];
  expect(nearNames(wanted, known)).toEqual(near);
});

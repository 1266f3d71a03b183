import { describe, expect, test } from "vitest";
import { type FiringAsk, type FiringCandidate, meantFiring } from "#lib/alerts/meant.ts";
import { MINUTE } from "#lib/time/duration.ts";

const TIERS = ["page-fast", "page-slow", "ticket-fast", "ticket-slow"];
const T0 = Date.UTC(2026, 10, 18, 14);
const at = (minute: number) => T0 + minute * MINUTE;

function fired(
  tier: string | null,
  from: number,
  to: number | null,
  fingerprint: string | null = null,
): FiringCandidate {
  return { tier, startsAt: at(from), endsAt: to === null ? null : at(to), fingerprint };
}

function meant(candidates: readonly FiringCandidate[], ask: Partial<FiringAsk> = {}) {
  const whole = { fingerprint: null, startsAt: null, tier: null, ...ask };
  const { firing, unmatched } = meantFiring(candidates, whole, TIERS);
  return [firing?.tier, firing && (firing.startsAt - T0) / MINUTE, ...unmatched];
}

describe("without a tier", () => {
  const outage = [
    fired("page-fast", 22, 40),
    fired("page-slow", 24, 90),
    fired("ticket-slow", 24, 300),
    fired("ticket-fast", 26, 200),
  ];

  test("the worst of those that were on together is meant, from its start", () => {
    expect(meant(outage)).toEqual(["page-fast", 22]);
  });

  test("one that is on is meant before any that is over, however bad", () => {
    expect(meant([...outage, fired("ticket-slow", 31, null)])).toEqual(["ticket-slow", 31]);
  });

  test("an earlier outage is not taken for the newest", () => {
    expect(meant([...outage, fired("ticket-slow", 900, 950)])).toEqual(["ticket-slow", 900]);
  });

  test("ours is meant before what a rule outside says of the same tier", () => {
    expect(meant([fired("page-fast", 20, null, "x"), fired("page-fast", 22, null)])).toEqual([
      ...["page-fast", 22],
    ]);
  });

  test("at a start that is said the nearest is meant, and the worst of two at once", () => {
    expect(meant(outage, { startsAt: at(26) })).toEqual(["ticket-fast", 26]);
    expect(meant(outage, { startsAt: at(24) })).toEqual(["page-slow", 24]);
    const theirs = { ...fired("page-fast", 44, null, "x"), startsAt: at(44) + 39_000 };
    expect(meant([fired("page-fast", 45, null), theirs], { startsAt: theirs.startsAt })).toEqual([
      ...["page-fast", 44.65],
    ]);
    expect(meant(outage, { startsAt: at(400) })).toEqual([undefined, null]);
  });
});

describe("a part that fits nothing is named", () => {
  const candidates = [fired("page-fast", 10, 20, "aa"), fired("page-fast", 50, null)];

  test.each([
    ["an unknown fingerprint", { fingerprint: "no" }, ["page-fast", 50, "fingerprint"]],
    ["an unknown tier", { tier: "bogus" }, ["page-fast", 50, "tier"]],
    ["a tier that never fired", { tier: "page-slow" }, ["page-fast", 50, "tier"]],
    ["both", { fingerprint: "no", tier: "bogus" }, ["page-fast", 50, "fingerprint", "tier"]],
    [
      "a start at which that alert did not fire",
      { fingerprint: "aa", startsAt: at(50) },
      ["page-fast", 10, "startsAt"],
    ],
    ["nothing, for what is known", { fingerprint: "aa", tier: "page-fast" }, ["page-fast", 10]],
  ] as const)("%s", (_, ask, found) => {
    expect(meant(candidates, ask)).toEqual(found);
  });

  test("but a tier of ours at a time at which it did not fire is shown at that time", () => {
    expect(meant(candidates, { tier: "page-slow", startsAt: at(300) })).toEqual([undefined, null]);
  });
});

import { describe, expect, test } from "vitest";
import { incidentOf, incidentSeverity, overlap, type RuledAlert } from "#lib/alerts/incident.ts";
import { MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 0, 5);
const RULES = [
  { severity: "page", as: "SEV1", afterMs: 0, labels: { tier: "page-fast" } },
  { severity: "page", as: "SEV2", afterMs: 5 * MINUTE, labels: {} },
] as const;
const alert = (parts: Partial<RuledAlert> = {}): RuledAlert => ({
  ...{ id: 1, fingerprint: "f", name: "Burn", service: "checkout", severity: "page" },
  ...{ labels: {}, annotations: {}, startsAt: NOW - 10 * MINUTE, endsAt: null },
  ...parts,
});

describe("rules", () => {
  test.each([
    ["the first that speaks of it", alert({ labels: { tier: "page-fast" } }), "SEV1"],
    ["another", alert(), "SEV2"],
    ["one that waits, to the moment", alert({ startsAt: NOW - 5 * MINUTE }), "SEV2"],
    ["one that waits longer", alert({ startsAt: NOW - 5 * MINUTE + 1 }), null],
    ["one that waits, of what is over", alert({ endsAt: NOW - 6 * MINUTE }), null],
    ["none of this severity", alert({ severity: "ticket" }), null],
    ["none without a severity", alert({ severity: null }), null],
  ])("open an incident: %s", (_, told, as) => {
    expect(incidentSeverity(told, RULES, NOW)).toBe(as);
  });

  test("that wait do not let a later one speak", () => {
    const rules = [
      { ...RULES[1] },
      { severity: "page", as: "SEV3", afterMs: 0, labels: {} },
    ] as const;
    expect(incidentSeverity(alert({ startsAt: NOW }), rules, NOW)).toBeNull();
  });
});

test.each([
  [[0, 5], [5, 9], true],
  [[0, 5], [6, 9], false],
  [[0, null], [6, 9], true],
  [[3, 4], [0, null], true],
  [[0, null], [9, null], true],
] as const)("alerts on in %j and %j overlap: %s", ([a, b], [c, d], expected) => {
  const [one, two] = [
    { startsAt: a, endsAt: b },
    { startsAt: c, endsAt: d },
  ];
  expect([overlap(one, two), overlap(two, one)]).toEqual([expected, expected]);
});

describe("an incident of alerts", () => {
  const first = { ...alert({ annotations: { summary: " Burns " } }), as: "SEV3" as const };
  const second = { ...alert({ id: 2, startsAt: NOW, endsAt: NOW + MINUTE }), as: "SEV1" as const };
  test("is named after the first, as bad as the worst, and open while one fires", () => {
    expect(incidentOf([second, first])).toEqual({
      ...{ title: "Burns", severity: "SEV1", startedAt: first.startsAt, resolvedAt: null },
    });
  });
  test("is over with the last", () => {
    const over = { ...first, endsAt: NOW };
    expect(incidentOf([over, second])?.resolvedAt).toBe(NOW + MINUTE);
  });
  test("has the rule's name without a summary, and is nothing without alerts", () => {
    expect([incidentOf([second])?.title, incidentOf([])]).toEqual(["Burn", null]);
  });
});

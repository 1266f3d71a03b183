import { describe, expect, test } from "vitest";
import type { FleetRow } from "#lib/fleet/row.ts";
import { burning, teamDuties } from "#lib/team/duties.ts";

const QUIET: FleetRow = {
  service: "cart",
  slo: "availability",
  team: "shop",
  state: "healthy",
  reason: "",
  enforced: true,
  objective: 0.999,
  window: "30d",
  sli: 0.9999,
  coverage: 1,
  historyDays: 30,
  remaining: 0.9,
  left: 900,
  unit: "events",
  thresholds: [0.5, 1],
  burn: { "1h": 0, "6h": 0, "1d": 0 },
  alert: null,
  policyState: "Healthy",
  blocks: false,
  held: false,
  exhaustsAt: null,
  dataThrough: null,
  exhaustedSince: null,
  recoversAt: null,
  liftsAt: null,
  noTrafficSince: null,
  spark: [],
};
const row = (over: Partial<FleetRow>): FleetRow => ({ ...QUIET, ...over });
const frozen = (over: Partial<FleetRow>) =>
  row({ state: "exhausted", remaining: -0.2, policyState: "Freeze", blocks: true, ...over });

describe("what a team must do", () => {
  test("blocked services come first, then other policy states, then unknown numbers, then the rest", () => {
    const duties = teamDuties([
      row({ service: "cart" }),
      row({ service: "edge", state: "unknown", remaining: null }),
      row({ service: "orders", state: "watch", policyState: "Review" }),
      frozen({ service: "checkout" }),
    ]);
    expect(duties.map(({ service, asks }) => [service, asks])).toEqual([
      ["checkout", true],
      ["orders", true],
      ["edge", true],
      ["cart", false],
    ]);
  });

  test("the worst enforced SLO of a service decides for it", () => {
    const [duty] = teamDuties([row({ slo: "latency" }), frozen({ slo: "availability" })]);
    expect(duty).toMatchObject({ blocks: true, cause: { slo: "availability" } });
  });

  test("an aspirational SLO asks for nothing", () => {
    const [duty] = teamDuties([frozen({ enforced: false })]);
    expect(duty).toMatchObject({ cause: null, blocks: false, asks: false });
  });

  test("one enforced SLO with unknown numbers makes the whole service's answer unknown", () => {
    const review = row({ slo: "a", state: "watch", policyState: "Review" });
    const unknown = row({ slo: "b", state: "unknown", remaining: null });
    expect(teamDuties([review, unknown])[0]).toMatchObject({ cause: { slo: "a" }, known: false });
    expect(teamDuties([review])[0]?.known).toBe(true);
    expect(teamDuties([review, { ...unknown, enforced: false }])[0]?.known).toBe(true);
  });

  test.each([
    [[10, 30, 20], 30],
    [[10, null], null],
  ])("blocks that lift at %j lift at %j together", (dates, together) => {
    const [duty] = teamDuties(dates.map((liftsAt, i) => frozen({ slo: `slo-${i}`, liftsAt })));
    expect(duty?.liftsAt).toBe(together);
  });
});

describe("what burns", () => {
  test("pages stand before tickets, older ones before younger", () => {
    const alert = (severity: "page" | "ticket", since: number) => ({ tier: "t", severity, since });
    const rows = [
      row({ slo: "quiet" }),
      row({ slo: "ticket", alert: alert("ticket", 1) }),
      row({ slo: "young-page", alert: alert("page", 9) }),
      row({ slo: "old-page", alert: alert("page", 2) }),
    ];
    expect(burning(rows).map(({ slo }) => slo)).toEqual(["old-page", "young-page", "ticket"]);
  });
});

import { expect, test } from "vitest";
import { fleetRow } from "#lib/fleet/row.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import { HOUR } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 10, 21, 10, 43);

const status = {
  service: "checkout",
  slo: "availability",
  remaining: -0.25,
  burn: { "5m": 9, "1h": 2, "6h": null },
  alert: { tier: "page-fast", severity: "page", since: "2026-11-21T10:42:00Z" },
  exhaustsAt: null,
  exhaustedSince: "2026-11-18T14:02:00Z",
  recoversAt: null,
} as unknown as SloStatus;

const detail = {
  budgetTotal: 400,
  liftsAt: null,
  noTrafficSince: null,
  thresholds: [
    { at: 0.5, name: "Review", gate: "allow" },
    { at: 1, name: "Freeze", gate: "block" },
  ],
} as unknown as SloDetail;

test("an overspent budget is told in what is counted, signed", () => {
  expect(fleetRow({ status, detail }, NOW).left).toBe(-100);
});

test.each([
  ["remaining", { ...status, remaining: null }, detail],
  ["budget", status, { ...detail, budgetTotal: null }],
])("without a %s nothing is said to be left", (_, givenStatus, givenDetail) => {
  expect(fleetRow({ status: givenStatus, detail: givenDetail }, NOW).left).toBeNull();
});

test("a burn that is not known, or whose window no tier has, is null and not 0", () => {
  expect(fleetRow({ status, detail }, NOW).burn).toEqual({ "1h": 2, "6h": null, "1d": null });
});

test("times are epoch ms, thresholds shares", () => {
  expect(fleetRow({ status, detail }, NOW)).toMatchObject({
    exhaustedSince: Date.UTC(2026, 10, 18, 14, 2),
    exhaustsAt: null,
    alert: { since: Date.UTC(2026, 10, 21, 10, 42) },
    thresholds: [0.5, 1],
  });
});

test("a row that nobody has evaluated for long is unknown, not what it was", () => {
  const fresh = { ...status, state: "healthy" as const, asOf: new Date(NOW).toISOString() };
  expect(fleetRow({ status: fresh, detail }, NOW).state).toBe("healthy");
  expect(fleetRow({ status: fresh, detail }, NOW + HOUR)).toMatchObject({
    state: "unknown",
    held: true,
  });
});

import { describe, expect, test } from "vitest";
import { alertNames, severityOf, tieAlert, tierOf } from "#lib/alerts/tie.ts";
import { tiersFor } from "#lib/slo/tiers.ts";
import { DAY } from "#lib/time/duration.ts";

const slo = (id: number, service: string, name: string, retired = false) => ({
  ...{ id, service, name, retired },
});
const names = alertNames(
  [
    slo(1, "checkout", "availability"),
    slo(2, "checkout", "latency"),
    slo(3, "search", "availability"),
    slo(4, "mail", "delivered"),
    slo(5, "old", "gone", true),
    slo(6, "a", "b-c"),
    slo(7, "a-b", "c"),
  ],
  [
    { service: "shop", name: "uptime", sloId: 1 },
    { service: "checkout", name: "latency", sloId: 3 },
  ],
);

describe("an alert's labels", () => {
  test.each([
    [{ slo: "checkout/availability" }, 1, "slo"],
    [{ slo: "availability", service: "checkout" }, 1, "slo"],
    [{ slo: "availability", service: "search" }, 3, "slo"],
    // As teams write them, and as a real Alertmanager sent it.
    [{ slo: "checkout-availability", service: "checkout" }, 1, "slo"],
    [{ slo: "checkout-availability" }, 1, "slo"],
    [{ slo: "delivered" }, 4, "slo"],
    // Pyrra's names, told by a label that only it has.
    [{ slo: "delivered", exhaustion: "2d", severity: "critical" }, 4, "pyrra"],
    [{ sloth_service: "checkout", sloth_slo: "latency", sloth_id: "x" }, 2, "sloth"],
    [{ sloth_id: "search-availability" }, 3, "sloth"],
    // Former names lead on; a name that is in use now leads nowhere else.
    [{ slo: "shop/uptime" }, 1, "slo"],
    [{ slo: "uptime", service: "shop" }, 1, "slo"],
    [{ slo: "checkout/latency" }, 2, "slo"],
    [{ slo: "old/gone" }, 5, "slo"],
  ])("%j name the SLO %d by %s", (labels, sloId, by) => {
    expect(tieAlert(labels, names)).toMatchObject({ sloId, by });
  });

  test.each([
    [{ service: "checkout" }, "checkout", "service"],
    [{ service: "shop", alertname: "DiskFull" }, "checkout", "service"],
    [{ job: "search" }, "search", "job"],
    [{ job: "production/search" }, "search", "job"],
    [{ service: "nobody", job: "mail" }, "mail", "job"],
    [{ sloth_service: "mail", sloth_slo: "new" }, "mail", "service"],
    // The SLO may come later: until then it is the service's.
    [{ slo: "new", service: "checkout" }, "checkout", "service"],
    // Two have the name, so it is neither's.
    [{ slo: "availability", job: "mail" }, "mail", "job"],
    [{ slo: "delivered", service: "search" }, "search", "service"],
  ])("%j name the service %s alone, by %s", (labels, service, by) => {
    expect(tieAlert(labels, names)).toEqual({ service, sloId: null, by });
  });

  test.each([
    [{}],
    [{ alertname: "Watchdog" }],
    [{ slo: "availability" }],
    [{ service: "nobody" }],
    [{ slo: "a-b-c" }],
    [{ sloth_id: "a-b-c" }],
    [{ job: "" }],
  ])("%j name nothing of ours", (labels) => {
    expect(tieAlert(labels, names)).toBeNull();
  });
});

test("an alert of a renamed SLO stands under its present service", () => {
  expect(tieAlert({ slo: "shop/uptime" }, names)?.service).toBe("checkout");
});

describe("the tier of an alert", () => {
  const tiers = tiersFor({ kind: "rolling", ms: 30 * DAY, label: "30d" }, 0.999);
  test.each([
    [{ tier: "page-slow" }, "page-slow"],
    [{ tier: "page-slow", long: "1h", short: "5m" }, "page-slow"],
    [{ long: "1h", short: "5m" }, "page-fast"],
    [{ long: "1d" }, "ticket-fast"],
    [{ long: "24h", short: "2h" }, "ticket-fast"],
    [{ long_window: "6h" }, "page-slow"],
    [{ window: "3d" }, "ticket-slow"],
    [{ short: "6h" }, "ticket-slow"],
    [{ long: "1h", short: "30m" }, null],
    [{ long: "7h" }, null],
    [{ long: "soon" }, null],
    [{ tier: "gold" }, null],
    [{ severity: "page" }, null],
    [{}, null],
  ])("of %j is %s", (labels, tier) => {
    expect(tierOf(labels, tiers)).toBe(tier);
  });
});

test.each([
  ["page", "page"],
  ["Critical", "page"],
  ["warning", "ticket"],
  ["ticket", "ticket"],
  [null, "ticket"],
])("severity %s is a %s", (severity, kind) => {
  expect(severityOf(severity)).toBe(kind);
});

describe("an alert of a grouped SLO", () => {
  const of = (id: number, handler: string, retired = false) => ({
    ...slo(id, "mail", `delivered@${id}`, retired),
    instance: { of: "delivered", labels: { handler } },
  });
  const grouped = alertNames([slo(4, "mail", "delivered"), of(8, "/a"), of(9, "/b", true)]);
  test.each([
    [{ slo: "mail/delivered", handler: "/a" }, 8],
    [{ slo: "delivered", service: "mail", handler: "/a", exhaustion: "1d" }, 8],
    [{ sloth_service: "mail", sloth_slo: "delivered", handler: "/a" }, 8],
    [{ slo: "mail/delivered", handler: "/b" }, 4],
    [{ slo: "mail/delivered" }, 4],
  ])("with %j is about that label set, where it is told apart", (labels, sloId) => {
    expect(tieAlert(labels, grouped)?.sloId).toBe(sloId);
  });
});

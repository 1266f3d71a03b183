import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAlerts } from "#lib/alerts/delivery.ts";

const AT = Date.UTC(2026, 10, 21, 4);
const FIXTURES = "app/api/webhooks/__fixtures__";
const recorded = (name: string) =>
  JSON.parse(readFileSync(`${FIXTURES}/${name}.json`, "utf8")) as Record<string, unknown>;

const GOOD = {
  status: "firing",
  labels: { alertname: "Burn", severity: "page" },
  annotations: { summary: "burns" },
  startsAt: "2026-11-21T03:55:40.256Z",
  endsAt: "0001-01-01T00:00:00Z",
  generatorURL: "http://prom.example/graph",
  fingerprint: "c92b7417a29f9c4a",
};
const STARTED = Date.parse(GOOD.startsAt);
const read = (...alerts: unknown[]) => readAlerts({ alerts }, AT);

describe("what a real Alertmanager sends", () => {
  test("is read by each alert's own status: in a firing group one may be over", () => {
    const { alerts, problems } = readAlerts(recorded("alertmanager-payload"), AT);
    expect(problems).toEqual([]);
    expect(alerts.map(({ name, severity, endsAt }) => [name, severity, endsAt])).toEqual([
      ["DiskFull", "ticket", null],
      ["ErrorBudgetBurn", "page", Date.parse("2026-11-21T03:56:06.256Z")],
    ]);
  });

  test("at first fires: an end of the year 1 is none", () => {
    const { alerts } = readAlerts(recorded("alertmanager-payload-first-firing"), AT);
    expect(alerts.map(({ endsAt }) => endsAt)).toEqual([null, null]);
    expect(alerts[1]?.startsAt).toBe(STARTED);
  });
});

describe("an alert", () => {
  test.each([
    ["that fires has no end, whatever is said", "firing", "2026-11-21T03:59:00Z", null],
    ["that is over ends when it says", "resolved", "2026-11-21T03:59:00Z", AT - 60_000],
    ["that is over and names no end ended when we heard", "resolved", GOOD.endsAt, AT],
    ["that is over never ends before it began", "resolved", "2026-11-21T03:50:00Z", STARTED],
    ["that ends in a year's time ended when we heard", "resolved", "2027-11-21T03:50:00Z", AT],
    ["whose end cannot be read ended when we heard", "resolved", "soon", AT],
  ])("%s", (_, status, endsAt, expected) => {
    expect(read({ ...GOOD, status, endsAt }).alerts[0]?.endsAt).toBe(expected);
  });

  test.each([
    ["garbage", "alerts[0]: endsAt is no time, so it counts as over when it was told."],
    [
      "2025-12-01T00:00:00Z",
      "alerts[0]: endsAt lies before startsAt, so it counts as over at its start.",
    ],
    [GOOD.endsAt, undefined],
    ["", undefined],
  ])("over at %j is taken, and said what was wrong with it", (endsAt, problem) => {
    const { alerts, problems } = read({ ...GOOD, status: "resolved", endsAt });
    expect([alerts.length, problems[0]]).toEqual([1, problem]);
    expect(read({ ...GOOD, status: "firing", endsAt }).problems).toEqual([]);
  });

  test.each([
    [null, "is no object"],
    ["alert", "is no object"],
    [{ ...GOOD, fingerprint: "" }, "has no fingerprint"],
    [{ ...GOOD, fingerprint: 7 }, "has no fingerprint"],
    [{ ...GOOD, fingerprint: "f".repeat(201) }, "fingerprint is too long"],
    [{ ...GOOD, status: "unsure" }, "status must be firing or resolved"],
    [{ ...GOOD, labels: null }, "labels must be texts"],
    [{ ...GOOD, labels: { a: 1 } }, "labels must be texts"],
    [{ ...GOOD, labels: { a: "\0" } }, "labels must be texts"],
    [{ ...GOOD, annotations: { a: "\ud800" } }, "annotations must be texts"],
    [{ ...GOOD, startsAt: "now" }, "startsAt must be a time such as 2026-07-01T10:00:00Z"],
    [{ ...GOOD, startsAt: "0001-01-01T00:00:00Z" }, "startsAt cannot be right"],
    [{ ...GOOD, startsAt: "2026-11-22T04:00:01Z" }, "startsAt cannot be right"],
  ])("that cannot be taken is told and loses no other: %j", (bad, why) => {
    const { alerts, problems } = read(GOOD, bad, { ...GOOD, fingerprint: "other" });
    expect(problems).toEqual([`alerts[1]: ${why}.`]);
    expect(alerts.map(({ fingerprint }) => fingerprint)).toEqual([GOOD.fingerprint, "other"]);
  });

  test("without a name or annotations is known by its fingerprint; Sloth's severity counts", () => {
    const { annotations: _, ...bare } = GOOD;
    const [alert] = read({ ...bare, labels: { sloth_severity: "page" } }).alerts;
    expect(alert).toMatchObject({ name: GOOD.fingerprint, severity: "page", annotations: {} });
  });
});

test.each([
  [{}, "It holds no list of alerts."],
  [null, "It holds no list of alerts."],
  [
    { alerts: [], truncatedAlerts: 3 },
    "Alertmanager left out 3 alerts: raise max_alerts of its receiver.",
  ],
])("a delivery that lacks something says what: %j", (payload, problem) => {
  expect(readAlerts(payload, AT)).toEqual({ alerts: [], problems: [problem] });
});

test("whatever is sent, each alert is taken or told of", () => {
  const alert = fc.oneof(fc.anything(), fc.record(GOOD_PARTS, { requiredKeys: [] }));
  fc.assert(
    fc.property(fc.array(alert), (alerts) => {
      const { alerts: taken, problems } = readAlerts({ alerts }, AT);
      const lost = problems.filter((problem) => !problem.includes("counts as over"));
      expect(taken.length + lost.length).toBe(alerts.length);
    }),
  );
});

const GOOD_PARTS = {
  status: fc.constantFrom("firing", "resolved", "x"),
  labels: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())),
  annotations: fc.dictionary(fc.string(), fc.string()),
  startsAt: fc.oneof(fc.constant(GOOD.startsAt), fc.string()),
  endsAt: fc.oneof(fc.constant(GOOD.endsAt), fc.string()),
  fingerprint: fc.string(),
};

import { describe, expect, test } from "vitest";
import { gapsOf } from "#lib/dora/gaps.ts";
import { type Known, knowledgeOf, serviceKnowledge, toldOf } from "#lib/dora/knowledge.ts";
import { doraReport } from "#lib/dora/report.ts";
import type { ReportScope } from "#lib/dora/scope.ts";
import { at, delivery, deployed, incident, knowing, scope } from "#lib/dora/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const EVER = Number.POSITIVE_INFINITY;
const known = (from: number, through: number) => ({ from: at(from), through: at(through) });
const WHOLE = known(-24, 2_000);
/** As far as hour 480, the 21st: then its source stopped answering. */
const STOPPED = known(-24, 480);

const reportOf = (
  facts: Parameters<typeof delivery>[0],
  knowledge: ReportScope["knowledge"],
  services: readonly string[] | null = null,
) => doraReport(delivery(facts), scope(30, { knowledge }), services && new Set(services));

describe("how far a service is known", () => {
  const records = [
    deployed("p1", 30, { service: "posted", source: "api" }),
    deployed("p2", 20, { service: "posted", source: "api" }),
    deployed("f1", 5, { service: "both" }),
    deployed("b1", 50, { service: "both", source: "api" }),
    deployed("o1", 7, { service: "dropped" }),
    deployed("o2", 9, { service: "dropped" }),
  ];
  const incidents = [incident("i1", { from: 40, to: null }, { service: "posted" })];
  const told = toldOf({ records, incidents });
  const of = (service: string, repository: Known = "no-source", sources: readonly Known[] = []) =>
    serviceKnowledge({ repository, posts: false, incidents: sources }, told.get(service));

  test.each<[string, ReturnType<typeof of>, object]>([
    [
      "whose deployments and incidents are posted: from the first of each on",
      of("posted"),
      {
        deployments: { from: at(20), through: EVER },
        changes: { from: at(20), through: EVER },
        incidents: { from: at(40), through: EVER },
      },
    ],
    [
      "with a repository: as far as that was read; its incidents by nobody",
      of("new", WHOLE),
      { deployments: WHOLE, changes: WHOLE, incidents: "no-source" },
    ],
    [
      "with a repository that was never seen: not at all, whatever others have",
      of("new", null, [WHOLE, null]),
      { deployments: null, changes: null, incidents: null },
    ],
    [
      "of whose incidents two sources tell: as far as both were read",
      of("new", WHOLE, [known(10, 90), known(5, 70)]),
      { incidents: known(10, 70) },
    ],
    [
      "with a repository and a pipeline that posts: changes as far as the repository was read",
      of("both", STOPPED),
      { deployments: { from: at(-24), through: EVER }, changes: STOPPED },
    ],
    [
      "that is asked about no more: up to its last deployment",
      of("dropped"),
      { deployments: known(7, 9), incidents: "no-source" },
    ],
    ["that nothing tells of", of("nobody"), { deployments: "no-source", incidents: "no-source" }],
    [
      "whose source of incidents is configured: posted ones are no substitute for it",
      of("posted", "no-source", [null]),
      { incidents: null },
    ],
    [
      "whose deployments are to be posted: not before the first is, though its changes are read",
      serviceKnowledge({ repository: WHOLE, posts: true, incidents: [] }, told.get("dropped")),
      { deployments: null, changes: WHOLE },
    ],
  ])("%s", (_, found, expected) => expect(found).toMatchObject(expected));
});

describe("a number", () => {
  const two = {
    records: [deployed("d1", 10), deployed("c1", 12, { service: "cart" })],
    incidents: [incident("i1", { from: 11, to: 12 })],
  };

  test("over a month whose source stopped answering says up to when it is known", () => {
    const { metrics } = reportOf(two, knowing({ deployments: STOPPED, changes: STOPPED }));
    for (const metric of [metrics.deploymentFrequency, metrics.leadTime, metrics.reworkRate]) {
      expect(metric.flags).toContain("partly-synced");
      expect(metric.known).toEqual({ from: at(0), to: at(480) });
    }
    const { metrics: whole } = reportOf(two, knowing({}));
    expect(whole.deploymentFrequency.flags).not.toContain("partly-synced");
    expect(whole.deploymentFrequency.known).toBeUndefined();
  });

  test("is never 0 where its source did not reach the end of the range", () => {
    const { metrics } = reportOf({}, knowing({ deployments: STOPPED, changes: STOPPED }));
    expect(metrics.deploymentFrequency).toMatchObject({ value: null, reason: "not-synced" });
  });

  test.each([
    ["a source that answered just now knows the present", 10 * MINUTE, []],
    ["one that is an hour behind does not", HOUR, ["partly-synced"]],
  ])("of a range that lasts: %s", (_, behindMs, flags) => {
    const now = at(100);
    const knowledge = knowing({ deployments: { from: 0, through: now - behindMs } });
    const { metrics } = doraReport(delivery(two), scope(30, { now, knowledge }));
    expect(metrics.deploymentFrequency.flags.filter((flag) => flag !== "pooled")).toEqual(flags);
  });

  test("of failures leaves out services of whose incidents nothing is known", () => {
    const one = knowing({ incidents: "no-source" }, { shop: { incidents: WHOLE } });
    const { changeFailureRate, reworkRate, recoveryTime } = reportOf(two, one).metrics;
    expect(changeFailureRate).toMatchObject({ value: 1, n: 1, rows: ["d1"] });
    expect(changeFailureRate.flags).toContain("no-incident-source");
    expect(changeFailureRate.excluded).toEqual([
      { reason: "incidents-unknown", id: "c1", service: "cart", at: at(12), n: 1 },
    ]);
    expect(reworkRate.flags).toContain("no-incident-source");
    expect(recoveryTime.flags).toContain("no-incident-source");
    const cart = reportOf(two, one, ["cart"]).metrics;
    expect(cart.changeFailureRate).toMatchObject({ value: null, reason: "no-incident-source" });
    expect(cart.recoveryTime).toMatchObject({ value: null, reason: "no-incident-source" });
  });

  test("of failures is not known while the source of incidents never answered", () => {
    const { changeFailureRate } = reportOf(two, knowing({ incidents: null })).metrics;
    expect(changeFailureRate).toMatchObject({ value: null, reason: "not-synced" });
    const late = knowing({ incidents: { from: at(-9_000), through: at(-1) } });
    const { changeFailureRate: stale } = reportOf(two, late).metrics;
    expect(stale).toMatchObject({ value: null, reason: "not-synced" });
  });

  test("of all is held back by no service that nothing tells of", () => {
    const nobody = { deployments: "no-source", changes: "no-source" } as const;
    const { deploymentFrequency } = reportOf(two, knowing({}, { idle: nobody })).metrics;
    expect(deploymentFrequency).toMatchObject({ value: 2, flags: ["pooled"] });
    expect(
      reportOf({}, knowing({}, { idle: nobody }), ["idle"]).metrics.deploymentFrequency,
    ).toMatchObject({ value: null, reason: "not-synced" });
  });
});

describe("gaps", () => {
  const gaps = (knowledge: ReportScope["knowledge"], services: readonly string[] | null = null) =>
    gapsOf(scope(30, { knowledge }), services && new Set(services));

  test("name the service, what is missing, and since or up to when it is there", () => {
    const late = { from: at(48), through: EVER };
    const all = knowing(
      {},
      {
        cart: { deployments: STOPPED, changes: STOPPED, incidents: "no-source" },
        shop: { deployments: late, changes: late, incidents: null },
        fine: {},
      },
    );
    const gap = { kind: "deployments", state: "part", since: null, through: null };
    expect(gaps(all)).toEqual([
      { ...gap, service: "cart", through: at(480) },
      { ...gap, service: "shop", since: at(48) },
      { ...gap, service: "shop", kind: "incidents", state: "unread" },
    ]);
    expect(gaps(all, ["fine"])).toEqual([]);
    expect(knowledgeOf(all, "elsewhere").incidents).toEqual({ from: 0, through: EVER });
  });

  test("are unread where what is known lies outside the range", () => {
    for (const outside of [known(-90, 0), known(720, 900)]) {
      expect(gaps(knowing({}, { shop: { incidents: outside } }))).toMatchObject([
        { kind: "incidents", state: "unread" },
      ]);
    }
  });

  test("there are none of days that are still to come", () => {
    const now = at(100);
    const knowledge = knowing({}, { shop: { deployments: { from: 0, through: now } } });
    expect(gapsOf(scope(30, { now, knowledge }), null)).toEqual([]);
    expect(gapsOf(scope(30, { now: now + DAY, knowledge }), null)).toHaveLength(1);
  });
});

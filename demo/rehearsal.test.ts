import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Collected,
  collectFrom,
  demoDefinitions,
  nameOf,
  readDemoDocuments,
  runningTotals,
} from "#demo/rehearsal.ts";
import { CAST, type Story, tellStory } from "#demo/story/story.ts";
import { type StandIn, startPrometheus } from "#demo/upstreams/prometheus.ts";
import { evaluate, windowsOf } from "#lib/slo/evaluate.ts";
import { snapToKept } from "#lib/slo/resolution.ts";
import type { SloState } from "#lib/slo/status.ts";
import { countsOf } from "#lib/slo/windows.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const HISTORY_MS = 38 * DAY;
const definitions = demoDefinitions();

describe("the documents", () => {
  test("have no errors and one lint finding, and measure every flow of the story with its objective", () => {
    const findings = readDemoDocuments().flatMap((document) => document.findings);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const lints = findings.filter(({ severity }) => severity === "lint");
    expect(lints).toMatchObject([{ file: "shop/orders.yaml", code: "quantile-without-le" }]);
    const promised = (flow: (typeof CAST)[number]) => [
      `${flow.service}/${flow.slo}`,
      flow.promised.objective,
      flow.promised.windowDays,
    ];
    const said = definitions.map((d) => [nameOf(d), d.objective, d.window.ms / DAY]);
    expect(said.sort()).toEqual(CAST.map(promised).sort());
  });

  test("belong to four teams; one was renamed, one is aspirational, one uses the edge", () => {
    expect(new Set(definitions.map((d) => d.team))).toEqual(
      new Set(["shop", "payments", "discovery", "platform"]),
    );
    expect(definitions.flatMap((d) => d.formerly)).toEqual(["recs/availability"]);
    expect(definitions.filter((d) => !d.enforced).map(nameOf)).toEqual(["recommendations/latency"]);
    expect(definitions.filter((d) => d.datasource === "edge")).toHaveLength(2);
  });
});

/** The demo as it is at its start: documents, stand-ins, the real collector and the real maths. */
describe.each([
  ["a working morning", Date.UTC(2026, 4, 13, 9, 30)],
  ["a Sunday night", Date.UTC(2026, 6, 5, 23, 7)],
])("begun on %s", (_, NOW) => {
  let story: Story;
  const standIns: StandIn[] = [];
  const collected = new Map<string, Collected>();

  beforeAll(async () => {
    story = tellStory(NOW);
    for (const name of ["main", "edge"]) {
      const clock = () => NOW;
      const standIn = await startPrometheus({ name, series: story.series(name), clock });
      standIns.push(standIn);
      const own = definitions.filter((d) => (d.datasource ?? "main") === name);
      const span = { now: NOW, historyMs: HISTORY_MS };
      collected.set(name, await collectFrom({ name, url: standIn.url }, own, span));
    }
  }, 300_000);
  afterAll(() => Promise.all(standIns.map((standIn) => standIn.close())));

  function bucketsOf(name: string) {
    return [...collected.values()].flatMap(({ buckets }) => buckets.get(name) ?? []);
  }

  describe("collected by the real collector", () => {
    test("no query is refused", () => {
      expect([...collected.values()].flatMap(({ failures }) => failures)).toEqual([]);
    });

    test.each(definitions.filter((d) => d.sli.kind === "events").map((d) => [nameOf(d)]))(
      "%s has the story's totals in every bucket",
      (name) => {
        const staged = story.flows.find(({ flow }) => `${flow.service}/${flow.slo}` === name);
        const buckets = bucketsOf(name);
        expect(buckets.length).toBeGreaterThan(3_000);
        const wrong = buckets.filter(({ at, good, total, covered }) => {
          let bad = 0;
          let all = 0;
          for (let t = at - covered * MINUTE; t < at; t += MINUTE) {
            bad += staged?.bad(t / MINUTE) ?? 0;
            all += staged?.total(t / MINUTE) ?? 0;
          }
          return Math.abs(total - all) > 1e-6 || Math.abs(total - good - bad) > 1e-6;
        });
        expect(wrong).toEqual([]);
      },
    );
  });

  describe("the fleet at the start", () => {
    const evaluated = (definition: (typeof definitions)[number]) => {
      const buckets = bucketsOf(nameOf(definition));
      const first = buckets[0];
      const start = first ? first.at - first.covered * MINUTE : NOW;
      const rows = runningTotals(start, buckets);
      const counts = windowsOf(definition, NOW).map(({ label, ms }) => [
        label,
        countsOf(rows, NOW, ms),
      ]);
      return evaluate({
        definition,
        at: NOW,
        counts: Object.fromEntries(counts),
        firstCoveredAt: first ? start : null,
        lastCoveredAt: buckets.at(-1)?.at ?? null,
        previous: null,
        backfilled: true,
        lastWeek: countsOf(rows, snapToKept(NOW - 7 * DAY, NOW) ?? NOW, 30 * MINUTE),
        rows,
        linkPrefix: "http://localhost:3000",
      });
    };

    test("is a believable mixture", () => {
      const fleet = new Map<SloState, string[]>();
      for (const definition of definitions) {
        const { state } = evaluated(definition).status;
        fleet.set(state, [...(fleet.get(state) ?? []), nameOf(definition)].sort());
      }
      expect(fleet.get("exhausted")).toEqual(["checkout/availability", "recommendations/latency"]);
      expect(fleet.get("at-risk")).toEqual([
        "cart/availability",
        "orders/latency-p95",
        "payments/latency",
      ]);
      expect(fleet.get("unknown")).toEqual([
        "cdn/availability",
        "cdn/latency",
        "partner-import/legacy-feed",
      ]);
      expect(fleet.get("watch")).toEqual([
        "catalog/availability",
        "notifications/email-delivery",
        "partner-import/imports",
        "search/availability",
      ]);
      expect(fleet.get("healthy")).toHaveLength(18);
    });

    const statusOf = (name: string) => {
      const definition = definitions.find((d) => nameOf(d) === name);
      if (!definition) throw new Error(`there is no document for ${name}`);
      return evaluated(definition);
    };

    test("checkout is frozen, and says until when", () => {
      const { status, detail } = statusOf("checkout/availability");
      expect(detail.blocks).toBe(true);
      expect(status.policyState).toBe("Freeze");
      expect(Date.parse(detail.liftsAt ?? "")).toBeGreaterThan(NOW + 20 * DAY);
    });

    test("the aspirational SLO blocks nobody", () => {
      expect(statusOf("recommendations/latency").detail.blocks).toBe(false);
    });

    test("the cart pages", () => {
      expect(statusOf("cart/availability").status.alert?.severity).toBe("page");
    });

    test("the new price feed says how little it knows", () => {
      expect(statusOf("catalog/price-feed").status.historyDays).toBeCloseTo(3, 2);
    });

    test("the quiet import is noticed", () => {
      expect(statusOf("partner-import/imports").detail.noTrafficSince).not.toBeNull();
    });
  });
});

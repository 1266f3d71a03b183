import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deploymentsOf } from "#lib/dora/deployment.ts";
import {
  DEFAULT_PRODUCTION,
  environmentsSeen,
  isProduction,
  parseProductionPattern,
} from "#lib/dora/environment.ts";
import { attemptsOf } from "#lib/dora/matrix.ts";
import { outcomeOf } from "#lib/dora/outcome.ts";
import { at, delivery, deployed } from "#lib/dora/testing.ts";
import { isVersion } from "#lib/dora/version.ts";

const RULES = { production: DEFAULT_PRODUCTION };

describe("outcomeOf", () => {
  test.each([
    [[], { state: "unfinished" }],
    [["queued", "in_progress"], { state: "unfinished" }],
    [["inactive"], { state: "unfinished" }],
    [["failure"], { state: "failed" }],
    [["ERROR", "inactive"], { state: "failed" }],
    [["failure", "success"], { state: "succeeded", finishedAt: 1 }],
    [["success", "inactive", "success"], { state: "succeeded", finishedAt: 0 }],
    [["success", "failure"], { state: "succeeded", finishedAt: 0 }],
  ])("%j", (states, outcome) => {
    expect(outcomeOf(states.map((state, i) => ({ state, at: i })))).toEqual(outcome);
  });
});

describe("production", () => {
  test.each([
    ["production", true],
    ["Production", true],
    ["prod", true],
    ["PROD-eu", true],
    ["production / us", true],
    ["product-preview", false],
    ["prod_old", false],
    ["preprod", false],
    ["staging", false],
    ["non-production", false],
  ])("%s: %s", (environment, expected) => {
    expect(isProduction({ service: "shop", environment }, DEFAULT_PRODUCTION)).toBe(expected);
  });

  test("a service's own pattern goes before the default", () => {
    const pattern = parseProductionPattern("^live$") ?? /never/;
    const rule = { ...DEFAULT_PRODUCTION, byService: new Map([["shop", pattern]]) };
    expect(isProduction({ service: "shop", environment: "LIVE" }, rule)).toBe(true);
    expect(isProduction({ service: "shop", environment: "production" }, rule)).toBe(false);
    expect(isProduction({ service: "search", environment: "production" }, rule)).toBe(true);
    expect(parseProductionPattern("(")).toBeNull();
  });

  test("what matched and what did not is shown", () => {
    const records = [
      deployed("d1", 1),
      deployed("d2", 2),
      deployed("d3", 3, { environment: "staging" }),
    ];
    expect(environmentsSeen(records, DEFAULT_PRODUCTION)).toEqual([
      { service: "shop", environment: "production", production: true, n: 2 },
      { service: "shop", environment: "staging", production: false, n: 1 },
    ]);
    expect(deploymentsOf(records, RULES).deployments).toHaveLength(2);
  });
});

const idsOf = (records: Parameters<typeof deploymentsOf>[0]) =>
  deploymentsOf(records, RULES).deployments.map(({ id }) => id);
const minutes = (m: number) => m / 60;

describe("jobs of a matrix", () => {
  test.each([
    [10, 1],
    [10.1, 2],
  ])("created %d minutes after the first: %d attempts", (gap, attempts) => {
    const records = [deployed("a", 0, { sha: "x" }), deployed("b", minutes(gap), { sha: "x" })];
    expect(attemptsOf(records)).toHaveLength(attempts);
  });

  test("one job of several that succeeds makes a deployment, at its success", () => {
    const records = [
      deployed("a", 0, { sha: "x", statuses: [{ state: "failure", at: at(1) }] }),
      deployed("b", 0, { sha: "x", statuses: [{ state: "success", at: at(2) }] }),
    ];
    expect(deploymentsOf(records, RULES).deployments).toMatchObject([
      { id: "b", recordIds: ["a", "b"], finishedAt: at(2) },
    ]);
  });

  test("other environments, services and shas are deployments of their own", () => {
    const records = [
      deployed("a", 0, { sha: "x" }),
      deployed("b", 0, { sha: "x", environment: "production-eu" }),
      deployed("c", 0, { sha: "x", service: "search" }),
      deployed("d", 0, { sha: "y" }),
    ];
    expect(idsOf(records)).toEqual(["a", "b", "c", "d"]);
  });

  test("without a sha the ref tells versions apart, without either nothing is merged", () => {
    const nameless = { sha: null, ref: null };
    const versions = [
      deployed("a", 0, { sha: null, ref: "v1" }),
      deployed("b", 0, { sha: null, ref: "v1" }),
      deployed("c", 1, { sha: null, ref: "v2" }),
    ];
    expect(idsOf(versions)).toEqual(["a", "c"]);
    expect(idsOf([deployed("a", 0, nameless), deployed("b", 0, nameless)])).toEqual(["a", "b"]);
  });
});

describe("a return to a version within ten minutes", () => {
  const [v1, v2] = [{ sha: "x" }, { sha: "y" }];

  test("is a deployment of its own, and makes what it replaced a failure", () => {
    const records = [
      deployed("a", 0, v1),
      deployed("b", minutes(4), v2),
      deployed("c", minutes(8), v1),
    ];
    expect(idsOf(records)).toEqual(["a", "b", "c"]);
    const { verdicts } = delivery({ records });
    expect(verdicts.map(({ failed, isRework }) => [failed, isRework])).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ]);
  });

  test("is none while the other never reached users, or was begun before the first had", () => {
    const failure = { statuses: [{ state: "failure", at: at(minutes(5)) }] };
    const failed = [deployed("a", 0, v1), deployed("b", minutes(4), { ...v2, ...failure })];
    expect(idsOf([...failed, deployed("c", minutes(8), v1)])).toEqual(["a"]);
    const slow = { statuses: [{ state: "success", at: at(minutes(6)) }] };
    const side = [deployed("a", 0, { ...v1, ...slow }), deployed("b", minutes(2), v2)];
    expect(idsOf([...side, deployed("c", minutes(5), v1)])).toEqual(["b", "c"]);
  });
});

describe("a ref without a sha", () => {
  test.each<[string, boolean]>([
    ["v1", true],
    ["1.4.0", true],
    ["1.4.0-rc.1", true],
    ["checkout@2.0.1", true],
    ["checkout-v3", true],
    ["build-4711", true],
    ["refs/tags/v1.2", true],
    ["main", false],
    ["master", false],
    ["refs/heads/v1", false],
    ["feature/ABC-12", false],
    ["release/1.2", false],
    ["k8s", false],
  ])("%s is a version: %s", (ref, expected) => {
    expect(isVersion({ source: "api" }, ref)).toBe(expected);
    const records = [0, 5, 30, 90].map((m, i) =>
      deployed(`d${i}`, minutes(m), { sha: null, ref, source: "api" }),
    );
    const { verdicts } = delivery({ records });
    expect(verdicts).toHaveLength(expected ? 2 : 4);
    expect(verdicts.filter(({ isRework }) => isRework)).toEqual([]);
  });

  test("of a release or a tag is a version whatever it is called", () => {
    expect(isVersion({ source: "tag" }, "spring")).toBe(true);
  });
});

test("what another source tells of a service is counted once, by the one that is settled", () => {
  const api = { source: "api" as const };
  const records = [
    deployed("a", 0, { sha: "x" }),
    deployed("b", 3, { ...api, sha: "y" }),
    deployed("c", 6, { ...api, service: "search" }),
    deployed("d", 7, { ...api, environment: "staging" }),
  ];
  expect(idsOf(records)).toEqual(["a", "b", "c"]);
  const settled = (source: "api" | "deployment") =>
    deploymentsOf(records, { ...RULES, sources: new Map([["shop", source]]) });
  expect(settled("deployment").deployments.map(({ id }) => id)).toEqual(["a", "c"]);
  expect(settled("api").deployments.map(({ id }) => id)).toEqual(["b", "c"]);
  expect(settled("api").excluded).toMatchObject([{ reason: "other-source", id: "a", n: 1 }]);
});

describe("redeploys", () => {
  test.each([
    [59, ["a"]],
    [60, ["a"]],
    [61, ["a", "b"]],
  ])("the same sha %d minutes later: %j", (gap, ids) => {
    expect(
      idsOf([deployed("a", 0, { sha: "x" }), deployed("b", minutes(gap), { sha: "x" })]),
    ).toEqual(ids);
  });

  test("count when another sha came between, but not one of another environment", () => {
    const twice = [deployed("a", 0, { sha: "x" }), deployed("c", minutes(40), { sha: "x" })];
    expect(idsOf([...twice, deployed("b", minutes(20))])).toEqual(["a", "b", "c"]);
    const elsewhere = deployed("b", minutes(20), { environment: "prod-eu" });
    expect(idsOf([...twice, elsewhere])).toEqual(["a", "b"]);
  });

  test("are counted from the first: a chain of them does not go on for ever", () => {
    const chain = [0, 40, 80].map((m, i) => deployed(`d${i}`, minutes(m), { sha: "x" }));
    expect(idsOf(chain)).toEqual(["d0", "d2"]);
  });
});

test("the order of the records does not matter", () => {
  const record = fc
    .record({
      minute: fc.nat(300),
      sha: fc.constantFrom("x", "y", "z"),
      environment: fc.constantFrom("production", "prod-eu", "staging"),
      state: fc.constantFrom("success", "failure", "inactive"),
    })
    .map(({ minute, state, ...parts }) => ({ minute, state, parts }));
  fc.assert(
    fc.property(fc.array(record, { maxLength: 25 }), fc.infiniteStream(fc.nat()), (list, keys) => {
      const records = list.map(({ minute, state, parts }, i) => {
        const statuses = [{ state, at: at(minutes(minute)) }];
        return deployed(`d${i}`, minutes(minute), { ...parts, statuses });
      });
      const shuffled = records
        .map((value) => ({ value, key: keys.next().value }))
        .sort((a, b) => a.key - b.key)
        .map(({ value }) => value);
      const { deployments } = deploymentsOf(records, RULES);
      expect(deploymentsOf(shuffled, RULES).deployments).toEqual(deployments);
    }),
  );
});

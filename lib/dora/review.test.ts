import { describe, expect, test } from "vitest";
import { canonicalJson, hashOf } from "#lib/dora/canonical.ts";
import { deliveryReview, freezeReview, inputsHash } from "#lib/dora/review.ts";
import {
  ALL_KNOWN,
  at,
  brought,
  delivery,
  deployed,
  factsOf,
  incident,
  knowing,
  pull,
} from "#lib/dora/testing.ts";

test("canonical JSON is the same however a value was put together", () => {
  expect(canonicalJson({ b: [1, { z: null, y: "ü" }], a: undefined })).toBe(
    '{"b":[1,{"y":"ü","z":null}]}',
  );
  expect(hashOf({ a: 1, b: { c: 2, d: 3 } })).toBe(hashOf({ b: { d: 3, c: 2 }, a: 1 }));
  expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]));
  expect(canonicalJson(undefined)).toBe("null");
});

const facts = factsOf({
  records: [-100, 20, 200, 800].map((hours, i) => deployed(`d${i}`, hours)),
  changes: [pull(1, { from: 1, to: 10 }), pull(2, { from: 30, to: 100 })],
  shipped: [brought("d1", "d0", ["merge-of-1"]), brought("d2", "d1", ["merge-of-2"])],
  incidents: [incident("i", { from: 21, to: 25 })],
});
const january = {
  month: "2026-01",
  zone: "UTC",
  now: Date.UTC(2026, 1, 2),
  knowledge: ALL_KNOWN,
  services: null,
};

describe("a monthly review", () => {
  test("has the month, the month before and six months of trend", () => {
    const review = deliveryReview(delivery(facts), january);
    expect(review?.report.metrics.deploymentFrequency.value).toBe(2);
    expect(review?.before.metrics.deploymentFrequency.value).toBe(1);
    expect(review?.trend.map(({ month }) => month)).toHaveLength(6);
    expect(review?.trend.at(-1)?.metrics).toEqual(review?.report.metrics);
    expect(deliveryReview(delivery(facts), { ...january, month: "soon" })).toBeNull();
  });

  test("survives JSON unchanged", () => {
    const review = deliveryReview(delivery(facts), january);
    expect(JSON.parse(JSON.stringify(review))).toEqual(review);
  });
});

describe("the hash of its inputs", () => {
  const hash = (parts: Partial<typeof facts> = {}, input = january) =>
    inputsHash(delivery({ ...facts, ...parts }), input);

  test("is the same for facts in another order, at another time, and with later ones", () => {
    const reversed = {
      records: facts.records.toReversed(),
      changes: facts.changes.toReversed(),
      shipped: facts.shipped.toReversed(),
    };
    expect(hash(reversed)).toBe(hash());
    expect(hash({}, { ...january, now: january.now + 1 })).toBe(hash());
    expect(hash({ records: [...facts.records, deployed("d9", 900)] })).toBe(hash());
    expect(hash({}, { ...january, month: "soon" })).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, Partial<typeof facts>]>([
    ["a deployment comes late", { records: [...facts.records, deployed("d9", 30)] }],
    [
      "a commit's date is corrected",
      { changes: [pull(1, { from: 2, to: 10 }), pull(2, { from: 30, to: 100 })] },
    ],
    [
      "an incident is resolved at another time",
      { incidents: [incident("i", { from: 21, to: 26 })] },
    ],
    ["a person marks a deployment", { marks: [{ deploymentId: "d2", mark: "failed" }] }],
    [
      "a walk proves incomplete",
      { shipped: [brought("d1", "d0", ["merge-of-1"], { complete: false })] },
    ],
  ])("changes when %s", (_, parts) => {
    expect(hash(parts)).not.toBe(hash());
  });

  test.each([
    ["a release of the trend behind it", { records: [...facts.records, deployed("t", -3_000)] }],
    ["the title", { incidents: [incident("i", { from: 21, to: 25 }, { title: "Other" })] }],
    ["severity", { incidents: [incident("i", { from: 21, to: 25 }, { severity: "SEV1" })] }],
  ])("changes with all that a review shows: %s", (_, parts) => {
    expect(hash(parts)).not.toBe(hash());
  });

  test("changes when more becomes known of the month, and not with how far back history goes", () => {
    const since = (hours: number) => {
      const deployments = { from: at(hours), through: Number.POSITIVE_INFINITY };
      return hash({}, { ...january, knowledge: knowing({}, { shop: { deployments } }) });
    };
    expect(since(24)).not.toBe(since(48));
    expect(since(-2_000)).toBe(since(-2_000.02));
    expect(since(-2_000)).not.toBe(since(-24));
    const stopped = { deployments: { from: 0, through: at(400) } };
    expect(hash({}, { ...january, knowledge: knowing({}, { shop: stopped }) })).not.toBe(hash());
  });

  test("changes when a burn alert that ended a failure is seen to end later", () => {
    const marks = [{ deploymentId: "d2", mark: "failed" as const }];
    const burn = { service: "shop", slo: "availability", tier: "page-fast", startedAt: at(201) };
    const ending = (hours: number) =>
      hash({ marks, burnAlerts: [{ ...burn, endedAt: at(hours) }] });
    expect(ending(203)).not.toBe(ending(202));
  });
});

test("a frozen review's hash tells of its numbers and of its inputs", () => {
  const frozen = freezeReview({ b: 1, a: 2 }, ["x", "y"]);
  expect(frozen.content).toBe('{"a":2,"b":1}');
  expect(freezeReview({ a: 2, b: 1 }, ["y", "x"])).toEqual(frozen);
  expect(freezeReview({ a: 2, b: 2 }, ["x", "y"]).hash).not.toBe(frozen.hash);
  expect(freezeReview({ a: 2, b: 1 }, ["x", "z"]).hash).not.toBe(frozen.hash);
});

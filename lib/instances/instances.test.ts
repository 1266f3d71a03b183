import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseSets, MOST_INSTANCES, setQueries } from "#lib/instances/discover.ts";
import { instanceOf, instancesOf } from "#lib/instances/expand.ts";
import { instanceName, labelsText, readLabels } from "#lib/instances/name.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import { sloOf } from "#lib/slo/testing.ts";
import { isSlug } from "#lib/spec/names.ts";

const GROUPED = sloOf({
  service: "api",
  name: "requests",
  sli: {
    kind: "events",
    counts: "bad",
    numerator: 'sum(rate(http_requests_total{code=~"5.."}[5m]))',
    total: "sum(rate(http_requests_total[5m]))",
  },
  grouping: ["handler"],
  formerly: ["api/availability"],
});
const values = fc.string({ unit: "binary", maxLength: 30 });
const labelSets = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), values, {
  minKeys: 1,
  maxKeys: 3,
});

describe("the name of an instance", () => {
  test.each([
    [{ handler: "pay" }, "requests@pay"],
    [{ handler: "v1.2_x" }, "requests@v1.2_x"],
  ])("%j stands in it as it is", (labels, expected) => {
    expect(instanceName("requests", labels)).toBe(expected);
  });

  test.each([[{ handler: "/pay" }], [{ handler: "" }], [{ handler: "pay", method: "GET" }]])(
    "%j is told apart by letters",
    (labels) => expect(instanceName("requests", labels)).toMatch(/^requests@[\w-]+\.[0-9a-z]{6}$/),
  );

  test("differs where a label differs, and is never one that a document may give", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [one, other] = [instanceName("x", { l: a }), instanceName("x", { l: b })];
        expect(one === other).toBe(a === b);
        expect(isSlug(one)).toBe(false);
        expect(encodeURIComponent(one).replaceAll("%40", "")).toMatch(/^[\w.-]+$/);
      }),
    );
  });
});

describe("the labels in an address", () => {
  test("are read as they were written", () => {
    fc.assert(
      fc.property(labelSets, (labels) => {
        expect(readLabels(labelsText(labels))).toEqual(labels);
      }),
    );
  });

  test.each([
    ["handler=/pay", { handler: "/pay" }],
    ['handler="/pay"', { handler: "/pay" }],
    ["handler=/pay,method=POST", { handler: "/pay", method: "POST" }],
    ["handler=", { handler: "" }],
  ])("%s may be written without quotes", (text, expected) => {
    expect(readLabels(text)).toEqual(expected);
  });

  test.each(["", "handler", "=x", "a=1,a=2", 'a="1', 'a="1"b="2"', "1a=x"])("%j is none", (text) =>
    expect(readLabels(text)).toBeNull(),
  );
});

describe("an instance", () => {
  test("makes the same promise over its own events", () => {
    const instance = instanceOf(GROUPED, { handler: "/pay" });
    expect(instance).toMatchObject({
      service: "api",
      objective: GROUPED.objective,
      sli: {
        numerator: 'sum(rate(http_requests_total{code=~"5..",handler="/pay"}[5m]))',
        total: 'sum(rate(http_requests_total{handler="/pay"}[5m]))',
      },
      labels: { handler: "/pay" },
      instance: { of: "requests", labels: { handler: "/pay" } },
    });
    expect(instance?.grouping).toBeUndefined();
    expect(instance?.formerly).toEqual([instanceName("api/availability", { handler: "/pay" })]);
  });

  test("asks with PromQL whatever its labels are", () => {
    fc.assert(
      fc.property(values, (handler) => {
        const sli = instanceOf(GROUPED, { handler })?.sli;
        expect(parsePromql(sli?.kind === "events" ? sli.total : "")).toHaveProperty("tree");
      }),
    );
  });

  test("is found under a former name of its SLO, and by the labels of the document alone", () => {
    const known = new Map<string, Readonly<Record<string, string>>[]>([
      ["api/availability", [{ handler: "/pay" }, { handler: "/pay", code: "200" }]],
    ]);
    const found = instancesOf(GROUPED, known);
    expect(found.map(({ instance }) => instance?.labels)).toEqual([{ handler: "/pay" }]);
    const { grouping: _, ...alone } = GROUPED;
    expect(instancesOf(alone, known)).toEqual([]);
  });
});

describe("the label sets", () => {
  test("are looked for in all events and in those that tell good from bad", () => {
    expect(setQueries(GROUPED.sli, ["handler", "method"])).toEqual({
      all: "count by (handler, method) (http_requests_total)",
      some: 'count by (handler, method) (http_requests_total{code=~"5.."})',
    });
    const gauge = { kind: "threshold", query: "max(temperature)", op: "lt", threshold: 5 } as const;
    expect(setQueries(gauge, ["room"])).toEqual({
      all: "count by (room) (temperature)",
      some: null,
    });
  });

  const sets = (...handlers: string[]) => handlers.map((handler) => ({ handler }));
  const many = Array.from(
    { length: MOST_INSTANCES + 13 },
    (_, i) => `h${String(i).padStart(3, "0")}`,
  );

  test("are at most so many, and those known before stay", () => {
    const all = sets(...many);
    const chosen = chooseSets({ grouping: ["handler"], all, some: [], known: sets("h062") });
    if ("problem" in chosen) throw new Error(chosen.problem);
    expect(chosen.found).toBe(63);
    expect(chosen.sets).toHaveLength(MOST_INSTANCES);
    expect(chosen.sets[0]).toEqual({ handler: "h062" });
    expect(chosen.sets.at(-1)).toEqual({ handler: "h048" });
  });

  test("that are gone keep their places until they are forgotten, so pods that come and go stay few", () => {
    const known = sets(...many.slice(0, MOST_INSTANCES - 1), "earlier").map(
      (labels): Readonly<Record<string, string>> =>
        labels.handler === "earlier" ? { pod: "of another grouping" } : labels,
    );
    const all = sets("h001", "new-a", "new-b");
    expect(chooseSets({ grouping: ["handler"], all, some: [], known })).toEqual({
      sets: sets("h001", "new-a"),
      found: MOST_INSTANCES + 1,
    });
  });

  test("with no error yet are told apart", () => {
    const chosen = chooseSets({ grouping: ["handler"], all: sets("/"), some: [], known: [] });
    expect(chosen).toEqual({ sets: sets("/"), found: 1 });
  });

  test("are not told apart by a label that errors do not have: nothing would ever fail", () => {
    const chosen = chooseSets({ grouping: ["handler"], all: sets("/"), some: [{}], known: [] });
    expect(chosen).toEqual({ problem: expect.stringContaining("the label handler stands in all") });
  });

  test("that no database keeps are left to the whole SLO", () => {
    const all = sets("/", "a\0b", "\ud800");
    const chosen = chooseSets({ grouping: ["handler"], all, some: [], known: [] });
    expect(chosen).toEqual({ sets: sets("/"), found: 1 });
  });

  test("of series without the label are one with an empty value", () => {
    const chosen = chooseSets({ grouping: ["handler"], all: [{}], some: [{}], known: [] });
    expect(chosen).toEqual({ sets: sets(""), found: 1 });
  });
});

import { describe, expect, test } from "vitest";
import { formatFinding } from "#lib/spec/format.ts";
import { readDocument, readDocuments } from "#lib/spec/read.ts";
import { ALL, OK, openSlo, openSloObject, source } from "#lib/spec/testing.ts";

const SLO = openSlo({ indicator: null, indicatorRef: "ok" });
const RATIO = `{ counter: true, good: ${source(OK)}, total: ${source(ALL)} }`;
const SLI = openSloObject("SLI", { ratioMetric: RATIO }, { name: "ok" });
const policy = (spec: Readonly<Record<string, string>> = {}) =>
  openSloObject(
    "AlertPolicy",
    { conditions: "[{ conditionRef: fast }]", ...spec },
    { name: "burn" },
  );
const CONDITION = openSloObject(
  "AlertCondition",
  { severity: "page", condition: "{ threshold: 14, lookbackWindow: 1h }" },
  { name: "fast" },
);
const TARGET = openSloObject("AlertNotificationTarget", { target: "email" }, { name: "mail" });

function read(files: Readonly<Record<string, string>>) {
  const documents = readDocuments(Object.entries(files).map(([file, text]) => ({ file, text })));
  const findings = documents.flatMap((document) => document.findings);
  return {
    slos: documents.flatMap((document) => document.slos.map(({ definition }) => definition)),
    errors: findings.filter(({ severity }) => severity === "error").map(formatFinding),
  };
}

describe("a reference across files", () => {
  test.each([
    ["two files, the SLI first", { "a.yaml": SLI, "b.yaml": SLO }],
    ["two files, the SLI last", { "a.yaml": SLO, "b.yaml": SLI }],
    ["one file", { "a.yaml": `${SLO}\n---\n${SLI}` }],
    ["one sequence", { "a.yaml": sequence(SLO, SLI) }],
  ])("is found in %s", (_, files) => {
    const { slos, errors } = read(files);
    expect(errors).toEqual([]);
    expect(slos).toMatchObject([{ name: "availability", sli: { numerator: OK, total: ALL } }]);
  });

  test("leads from the SLO over its alert policy to the condition", () => {
    const slo = openSlo({ alertPolicies: "[{ alertPolicyRef: burn }]" });
    const named = policy({ notificationTargets: "[{ targetRef: mail }]" });
    const { slos, errors } = read({
      "a.yaml": slo,
      "b.yaml": named,
      "c.yaml": CONDITION,
      "d.yaml": TARGET,
    });
    expect(errors).toEqual([]);
    expect(slos[0]?.alerting.tiers).toMatchObject([{ tier: "page-fast", factor: 14 }]);
  });

  test("to a DataSource gives the source, and its type with it", () => {
    const of = (query: string) => source(query, "metricSourceRef: main");
    const sli = openSloObject(
      "SLI",
      { ratioMetric: `{ good: ${of(OK)}, total: ${of(ALL)} }` },
      { name: "ok" },
    );
    const main = openSloObject("DataSource", { type: "Prometheus" }, { name: "main" });
    const { slos, errors } = read({ "a.yaml": SLO, "b.yaml": sli, "c.yaml": main });
    expect(errors).toEqual([]);
    expect(slos[0]?.datasource).toBe("main");
  });

  test("to a Service gives the team, which a Service alone may name", () => {
    const service = openSloObject(
      "Service",
      { description: "API" },
      { name: "api", labels: "{ owner: shop }" },
    );
    expect(read({ "a.yaml": openSlo(), "b.yaml": service }).slos[0]?.team).toBe("shop");
    expect(
      read({ "a.yaml": openSlo({}, { labels: "{ team: own }" }), "b.yaml": service }).slos[0]?.team,
    ).toBe("own");
  });

  test("is found beside an older text of one file", () => {
    const beside = [{ file: "sli.yaml", text: SLI }];
    expect(readDocument("a.yaml", SLO, beside).slos).toHaveLength(1);
    expect(readDocument("a.yaml", SLO).slos).toHaveLength(0);
  });
});

describe("a reference that does not hold is told at its place", () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      "to nothing",
      { "a.yaml": SLO },
      [
        'a.yaml:10:17 spec.indicatorRef: there is no SLI "ok" in these documents; write it, or correct the name [no-such-object]',
      ],
    ],
    [
      "to another kind",
      { "a.yaml": SLO, "b.yaml": openSloObject("Service", {}, { name: "ok" }) },
      [
        'a.yaml:10:17 spec.indicatorRef: there is no SLI "ok" in these documents; b.yaml:1 has the Service of that name [no-such-object]',
      ],
    ],
    [
      "to one of two",
      { "a.yaml": SLO, "b.yaml": SLI, "c.yaml": SLI },
      [
        "a.yaml:10:17 spec.indicatorRef: the SLI ok in b.yaml:1 has errors; correct them there [broken-reference]",
        "b.yaml:1:1: the SLI ok is defined in c.yaml:1 as well; rename one or take it out [duplicate-object]",
        "c.yaml:1:1: the SLI ok is defined in b.yaml:1 as well; rename one or take it out [duplicate-object]",
      ],
    ],
    [
      "to one with errors",
      { "a.yaml": SLO, "b.yaml": openSloObject("SLI", { ratioMetric: "{}" }, { name: "ok" }) },
      [
        "a.yaml:10:17 spec.indicatorRef: the SLI ok in b.yaml:1 has errors; correct them there [broken-reference]",
        "b.yaml:6:16 spec.ratioMetric: must have exactly one of good, bad or raw; none of them is there [sli-shape]",
      ],
    ],
    [
      "to an alert policy that is not there",
      { "a.yaml": openSlo({ alertPolicies: "[{ alertPolicyRef: burn }]" }) },
      [
        'a.yaml:11:37 spec.alertPolicies[0].alertPolicyRef: there is no AlertPolicy "burn" in these documents; write it, or correct the name [no-such-object]',
      ],
    ],
    [
      "to a condition that is not there",
      { "a.yaml": openSlo({ alertPolicies: "[{ alertPolicyRef: burn }]" }), "b.yaml": policy() },
      [
        "a.yaml:11:37 spec.alertPolicies[0].alertPolicyRef: the AlertPolicy burn in b.yaml:1 has errors; correct them there [broken-reference]",
        'b.yaml:6:32 spec.conditions[0].conditionRef: there is no AlertCondition "fast" in these documents; write it, or correct the name [no-such-object]',
      ],
    ],
    [
      "to a condition with errors",
      { "b.yaml": policy(), "c.yaml": CONDITION.replace("14", "-1") },
      [
        "b.yaml:6:32 spec.conditions[0].conditionRef: the AlertCondition fast in c.yaml:1 has errors; correct them there [broken-reference]",
        "c.yaml:7:27 spec.condition.threshold: must be a burn rate above 0, got -1 [tier-range]",
      ],
    ],
    [
      "to a target that is not there",
      { "b.yaml": policy({ notificationTargets: "[{ targetRef: mail }]" }), "c.yaml": CONDITION },
      [
        'b.yaml:7:38 spec.notificationTargets[0].targetRef: there is no AlertNotificationTarget "mail" in these documents; write it, or correct the name [no-such-object]',
      ],
    ],
    [
      "beside other fields",
      {
        "b.yaml": policy({ conditions: "[{ conditionRef: fast, kind: AlertCondition }]" }),
        "c.yaml": CONDITION,
      },
      [
        "b.yaml:6:38 spec.conditions[0].kind: is not a known field; known here: conditionRef [unknown-field]",
      ],
    ],
  ])("%s", (_, files, expected) => {
    const { slos, errors } = read(files);
    expect(errors).toEqual(expected);
    expect(slos).toEqual([]);
  });
});

test("objects that nothing refers to are checked too", () => {
  const source = openSloObject(
    "DataSource",
    { type: "Datadog", connectionDetails: "{ key: x }" },
    { name: "d" },
  );
  expect(read({ "a.yaml": source }).errors).toEqual([
    'a.yaml:6:9 spec.type: Plimsoll reads Prometheus only, got "Datadog"; give a query for Prometheus [not-supported]',
  ]);
});

/** The same documents as the items of one list. */
function sequence(...documents: readonly string[]): string {
  return documents.map((text) => `- ${text.replaceAll("\n", "\n  ")}`).join("\n");
}

import { describe, expect, test } from "vitest";
import { formatFinding } from "#lib/spec/format.ts";
import { readDocument, readDocuments } from "#lib/spec/read.ts";
import { openSlo, plain, pyrra } from "#lib/spec/testing.ts";

const WHEN = "startTime: 2026-01-31T22:00:00Z, duration: 1h";
const FIRST = "firstEventStart: 2026-01-31T22:00:00Z, duration: 1h";
const AT = { startsAt: Date.UTC(2026, 0, 31, 22), endsAt: Date.UTC(2026, 0, 31, 23) };

/** The fields of `spec` begin in line 4, column 9. */
const adjustment = (spec: string, metadata = "name: upgrade", version = "openslo.com/v2alpha") =>
  [
    `apiVersion: ${version}`,
    "kind: BudgetAdjustment",
    `metadata: { ${metadata} }`,
    `spec: { ${spec} }`,
  ].join("\n");

const read = (adjusting: string, ...slos: string[]) => {
  const files = [adjusting, ...slos].map((text, i) => ({ file: `${i}.yaml`, text }));
  const documents = readDocuments(files);
  return {
    errors: documents.flatMap(({ findings }) =>
      findings.filter(({ severity }) => severity === "error").map(formatFinding),
    ),
    losses: documents[0]?.findings.map(({ code }) => code) ?? [],
    said: documents.flatMap((document) =>
      document.slos.map(({ definition: { service, name, exclusions = [] } }) => [
        `${service}/${name}`,
        ...exclusions.map(({ of, title, file }) => `${of} ${title} ${file}`),
      ]),
    ),
    exclusions: documents.flatMap(({ slos: all }) =>
      all.flatMap(({ definition }) => definition.exclusions ?? []),
    ),
  };
};
const other = plain({ name: "latency" });

describe("a BudgetAdjustment", () => {
  test("of the draft of OpenSLO v2 is of every SLO of its service", () => {
    const { errors, said } = read(
      adjustment(`service: api, ${WHEN}`),
      plain(),
      other,
      plain({}, { service: "web" }),
    );
    expect(errors).toEqual([]);
    expect(said).toEqual([
      ["api/availability", "service upgrade 0.yaml"],
      ["api/latency", "service upgrade 0.yaml"],
      ["web/availability"],
    ]);
  });

  test.each([
    ["org/pay:a.yaml", ["org/pay"]],
    ["slos/all.yaml", ["org/pay", "org/web", "slos"]],
  ])("in %s is of the SLOs of %j: a repository decides nothing about others", (file, own) => {
    const documents = readDocuments([
      { file, text: adjustment(`service: api, ${WHEN}`) },
      { file: "org/pay:b.yaml", text: plain({ name: "pay" }) },
      { file: "org/web:b.yaml", text: plain({ name: "web" }) },
      { file: "slos/b.yaml", text: plain({ name: "folder" }) },
    ]);
    const out = documents.filter(({ slos }) => slos.some((slo) => slo.definition.exclusions));
    expect(out.map((document) => document.file.split(/:|[/]b/)[0])).toEqual(own);
  });

  test("in a repository that names an SLO of another one is an error", () => {
    const [told] = readDocuments([
      { file: "org/pay:a.yaml", text: adjustment(`${FIRST}, filters: { slos: [{ name: web }] }`) },
      { file: "org/web:b.yaml", text: plain({ name: "web" }) },
    ]);
    expect(told?.findings.map(({ code }) => code)).toEqual(["no-such-object"]);
  });

  test("of Nobl9 is of the SLOs that it names, of any format", () => {
    const spec = `description: Why, ${FIRST}, rrule: FREQ=MONTHLY;BYDAY=1TU, filters: { slos: [{ name: errors, project: shop }, { name: latency, project: default }] }`;
    const { errors, said, exclusions } = read(
      adjustment(spec, "name: a, displayName: First Tuesday", "n9/v1alpha"),
      plain(),
      other,
      pyrra(),
    );
    expect(errors).toEqual([]);
    expect(said).toEqual([
      ["api/availability"],
      ["api/latency", "slo First Tuesday 0.yaml"],
      ["api/errors", "slo First Tuesday 0.yaml"],
    ]);
    expect(exclusions[0]).toEqual({
      ...{ of: "slo", title: "First Tuesday", reason: "Why", file: "0.yaml" },
      ...{ ...AT, rrule: "FREQ=MONTHLY;BYDAY=1TU", zone: "UTC" },
    });
  });

  test("that names a document of several objectives is of each of its SLOs", () => {
    const { said } = read(
      adjustment(`${WHEN}, filters: { slos: [{ name: availability }] }`),
      openSlo({ objectives: "[{ target: 0.999 }, { target: 0.9 }]" }),
    );
    expect(said.map(([, one]) => one)).toEqual(["slo upgrade 0.yaml", "slo upgrade 0.yaml"]);
  });

  test("goes by the project where several services have the name", () => {
    const web = plain({}, { service: "web" });
    const spec = (project: string) =>
      adjustment(`${WHEN}, filters: { slos: [{ name: availability, project: ${project} }] }`);
    expect(read(spec("web"), plain(), web).said).toEqual([
      ["api/availability"],
      ["web/availability", "slo upgrade 0.yaml"],
    ]);
    expect(read(spec("default"), plain(), web).errors).toEqual([
      "0.yaml:4:82 spec.filters.slos[0].name: is the name of an SLO of api and of web; write project: with the service that is meant [no-such-object]",
    ]);
  });

  test("stands beside what the SLO's own document says", () => {
    const own = "[{ reason: Own, start: 2026-02-01 00:00, duration: 1h }]";
    const { said } = read(adjustment(`service: api, ${WHEN}`), plain({ exclusions: own }));
    expect(said).toEqual([["api/availability", "slo Own 1.yaml", "service upgrade 0.yaml"]]);
  });

  test("says which of its parts are not carried over", () => {
    const { losses, errors } = read(
      adjustment(`service: api, ${WHEN}`, "name: a, labels: { a: [b] }, annotations: { c: d }"),
      plain(),
    );
    expect([losses, errors]).toEqual([["not-carried", "not-carried"], []]);
  });

  test("of SLOs one of which there is not counts for the others", () => {
    const { said, errors } = read(
      adjustment(`${WHEN}, filters: { slos: [{ name: availability }, { name: latncy }] }`),
      plain(),
      other,
    );
    expect(errors).toEqual([
      '0.yaml:4:106 spec.filters.slos[1].name: there is no SLO "latncy" in these documents; did you mean latency? [no-such-object]',
    ]);
    expect(said[0]).toEqual(["api/availability", "slo upgrade 0.yaml"]);
  });
});

describe("a BudgetAdjustment is refused with its place and what to do", () => {
  test.each<[string, string, string[]]>([
    [
      "nothing in it",
      adjustment(""),
      [
        "4:7 spec: must have exactly one of startTime or firstEventStart; neither is there [exclusion-shape]",
        "4:7 spec.duration: is missing; write duration: 1h [missing-field]",
        "4:7 spec: must have exactly one of service or filters; neither is there [exclusion-shape]",
      ],
    ],
    [
      "two starts, and both ways to say what it is about",
      adjustment(`service: api, filters: { slos: [] }, ${WHEN}, firstEventStart: x`),
      [
        "4:7 spec: must have exactly one of startTime or firstEventStart; both are there [exclusion-shape]",
        "4:7 spec: must have exactly one of service or filters; both are there [exclusion-shape]",
      ],
    ],
    [
      "no name",
      adjustment(`service: api, ${WHEN}`, ""),
      ["3:11 metadata.name: is missing; write name: its-name [missing-field]"],
    ],
    [
      "an SLI, which is not kept apart here",
      adjustment(`service: api, indicatorRef: x, ${WHEN}`),
      [
        "4:37 spec.indicatorRef: is not supported; name the SLOs under filters, or take it out for every SLO of the service [not-supported]",
      ],
    ],
    [
      "times that are other ones",
      adjustment(`service: api, overrides: [], ${WHEN}`),
      [
        "4:34 spec.overrides: is not supported; end the recurrence with UNTIL, and write a BudgetAdjustment for each other time [not-supported]",
      ],
    ],
    [
      "no SLO",
      adjustment(`filters: { slos: [] }, ${WHEN}`),
      ["4:26 spec.filters.slos: must hold at least one SLO [empty-field]"],
    ],
    [
      "filters of another kind",
      adjustment(`filters: { services: [a] }, ${WHEN}`),
      [
        "4:18 spec.filters.slos: is missing; write slos: with their names [missing-field]",
        "4:20 spec.filters.services: is not a known field; known here: slos [unknown-field]",
      ],
    ],
    [
      "an SLO without a name",
      adjustment(`filters: { slos: [{ project: a }] }, ${WHEN}`),
      ["4:27 spec.filters.slos[0].name: is missing; write name: of the SLO [missing-field]"],
    ],
    [
      "a service that there is not",
      adjustment(`service: apj, ${WHEN}`),
      [
        '4:18 spec.service: no SLO of these documents is of the service "apj"; did you mean api? [no-such-object]',
      ],
    ],
    [
      "an end before the start",
      adjustment("service: api, startTime: 2026-01-31T22:00:00Z, endTime: 2026-01-31T21:00:00Z"),
      ["4:65 spec.endTime: must lie after the start [exclusion-time]"],
    ],
    [
      "a recurrence each hour",
      adjustment(`service: api, rrule: FREQ=HOURLY, ${WHEN}`),
      [
        "4:30 spec.rrule: cannot be followed: FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY, got HOURLY. [exclusion-time]",
      ],
    ],
    [
      "a field that there is not",
      adjustment(`service: api, timeZone: UTC, ${WHEN}`),
      [
        "4:23 spec.timeZone: is not a known field; known here: description, service, indicatorRef, filters, startTime, firstEventStart, endTime, duration, rrule, overrides [unknown-field]",
      ],
    ],
    [
      "a version that has none",
      adjustment(`service: api, ${WHEN}`, "name: a", "openslo/v1"),
      [
        "1:1: apiVersion openslo/v1 with kind BudgetAdjustment is not supported; write apiVersion: openslo.com/v2alpha [not-supported]",
      ],
    ],
    [
      "another document of Nobl9's",
      "apiVersion: n9/v1alpha\nkind: SLO",
      [
        "1:1: apiVersion n9/v1alpha with kind SLO is not supported; of Nobl9's documents only n9/v1alpha, BudgetAdjustment is read [not-supported]",
      ],
    ],
  ])("%s", (_, text, expected) => {
    const { errors, exclusions } = read(text, plain());
    expect(errors).toEqual(expected.map((line) => `0.yaml:${line}`));
    expect(exclusions).toEqual([]);
  });

  test("alone, as its SLOs are not there", () => {
    const { findings } = readDocument("a.yaml", adjustment(`service: api, ${WHEN}`));
    expect(findings.map(({ code }) => code)).toEqual(["no-such-object"]);
  });
});

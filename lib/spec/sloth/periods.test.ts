import { describe, expect, test } from "vitest";
import { formatFinding } from "#lib/spec/format.ts";
import { readDocument, readDocuments } from "#lib/spec/read.ts";
import { alertWindows, sloth, slothCrd } from "#lib/spec/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** A document with this as its quick page. */
const page = (quick: string) =>
  alertWindows({
    page: `{ quick: ${quick}, slow: { errorBudgetPercent: 5, shortWindow: 30m, longWindow: 6h } }`,
  });

/** What is wrong, the document, and every error that is told, without the file's name. */
const REFUSED: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "another version",
    alertWindows().replace("sloth.slok.dev/v1", "sloth.slok.dev/v2"),
    [
      "1:1: apiVersion sloth.slok.dev/v2 with kind AlertWindows is not supported; Sloth's is sloth.slok.dev/v1, PrometheusServiceLevel or AlertWindows [not-supported]",
    ],
  ],
  [
    "a field at the top that there is not",
    `slos: []\n${alertWindows()}`,
    [
      "1:1 slos: is not a known field; known here: apiVersion, kind, metadata, spec [unknown-field]",
    ],
  ],
  [
    "metadata that is a text",
    alertWindows().replace("{ name: month }", "month"),
    ['3:11 metadata: must be a map of fields, got "month" [wrong-type]'],
  ],
  [
    "a name that cannot stand in an address",
    alertWindows().replace("{ name: month }", "{ name: 'a b' }"),
    [
      '3:19 metadata.name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "a b"; write a-b [bad-name]',
    ],
  ],
  [
    "a field of metadata that there is not",
    alertWindows().replace("{ name: month }", "{ nam: month }"),
    ["3:13 metadata.nam: is not a known field; did you mean name? [unknown-field]"],
  ],
  [
    "no spec",
    alertWindows().slice(0, alertWindows().indexOf("spec:")),
    ["1:1 spec: is missing; write spec: with sloPeriod, page and ticket [missing-field]"],
  ],
  [
    "a spec that is a list",
    `${alertWindows().slice(0, alertWindows().indexOf("spec:"))}spec: []`,
    ["4:7 spec: must be a map of fields, got a list [wrong-type]"],
  ],
  [
    "a field of the spec that is misspelt",
    alertWindows({ sloPeriods: "30d" }),
    ["8:3 spec.sloPeriods: is not a known field; did you mean sloPeriod? [unknown-field]"],
  ],
  [
    "no period",
    alertWindows({ sloPeriod: null }),
    ["5:3 spec.sloPeriod: is missing; write sloPeriod: 30d [missing-field]"],
  ],
  [
    "a period without its unit",
    alertWindows({ sloPeriod: "30" }),
    [
      "5:14 spec.sloPeriod: must be a duration with its unit, got 30; write for example 1h [window-format]",
    ],
  ],
  [
    "a period in words",
    alertWindows({ sloPeriod: "month" }),
    [
      '5:14 spec.sloPeriod: must be a duration in whole minutes, such as 5m or 1h, got "month" [window-format]',
    ],
  ],
  [
    "a period of seconds",
    alertWindows({ sloPeriod: "30s" }),
    [
      '5:14 spec.sloPeriod: must be a duration in whole minutes, such as 5m or 1h, got "30s" [window-format]',
    ],
  ],
  [
    "no pages",
    alertWindows({ page: null }),
    ["5:3 spec.page: is missing; write page: with quick and slow [missing-field]"],
  ],
  [
    "no tickets",
    alertWindows({ ticket: null }),
    ["5:3 spec.ticket: is missing; write ticket: with quick and slow [missing-field]"],
  ],
  [
    "pages that are a list",
    alertWindows({ page: "[]" }),
    ["6:9 spec.page: must be a map of fields, got a list [wrong-type]"],
  ],
  [
    "no quick page",
    alertWindows({ page: "{ slow: { errorBudgetPercent: 5, shortWindow: 30m, longWindow: 6h } }" }),
    [
      "6:9 spec.page.quick: is missing; write quick: with errorBudgetPercent, shortWindow and longWindow [missing-field]",
    ],
  ],
  [
    "no slow ticket",
    alertWindows({
      ticket: "{ quick: { errorBudgetPercent: 10, shortWindow: 2h, longWindow: 1d } }",
    }),
    [
      "7:11 spec.ticket.slow: is missing; write slow: with errorBudgetPercent, shortWindow and longWindow [missing-field]",
    ],
  ],
  [
    "a speed that there is not",
    alertWindows({
      ticket:
        "{ quick: { errorBudgetPercent: 10, shortWindow: 2h, longWindow: 1d }, slow: { errorBudgetPercent: 10, shortWindow: 6h, longWindow: 3d }, fast: {} }",
    }),
    ["7:148 spec.ticket.fast: is not a known field; known here: quick, slow [unknown-field]"],
  ],
  [
    "a tier of nothing",
    page("{}"),
    [
      "6:18 spec.page.quick.errorBudgetPercent: is missing; write errorBudgetPercent: 2 [missing-field]",
      "6:18 spec.page.quick.shortWindow: is missing; write shortWindow: 5m [missing-field]",
      "6:18 spec.page.quick.longWindow: is missing; write longWindow: 1h [missing-field]",
    ],
  ],
  [
    "a tier that is a text",
    page("fast"),
    ['6:18 spec.page.quick: must be a map of fields, got "fast" [wrong-type]'],
  ],
  [
    "a tier with a factor",
    page("{ errorBudgetPercent: 2, shortWindow: 5m, longWindow: 1h, factor: 14.4 }"),
    [
      "6:76 spec.page.quick.factor: is not a known field; known here: errorBudgetPercent, shortWindow, longWindow [unknown-field]",
    ],
  ],
  [
    "a tier without a percentage",
    page("{ shortWindow: 5m, longWindow: 1h }"),
    [
      "6:18 spec.page.quick.errorBudgetPercent: is missing; write errorBudgetPercent: 2 [missing-field]",
    ],
  ],
  [
    "a tier without a short window",
    page("{ errorBudgetPercent: 2, longWindow: 1h }"),
    ["6:18 spec.page.quick.shortWindow: is missing; write shortWindow: 5m [missing-field]"],
  ],
  [
    "a tier without a long window",
    page("{ errorBudgetPercent: 2, shortWindow: 5m }"),
    ["6:18 spec.page.quick.longWindow: is missing; write longWindow: 1h [missing-field]"],
  ],
  [
    "a percentage of 0",
    page("{ errorBudgetPercent: 0, shortWindow: 5m, longWindow: 1h }"),
    [
      "6:40 spec.page.quick.errorBudgetPercent: must be a percentage of the budget above 0 and at most 100, got 0 [tier-range]",
    ],
  ],
  [
    "a percentage above 100",
    page("{ errorBudgetPercent: 101, shortWindow: 5m, longWindow: 1h }"),
    [
      "6:40 spec.page.quick.errorBudgetPercent: must be a percentage of the budget above 0 and at most 100, got 101 [tier-range]",
    ],
  ],
  [
    "a negative percentage",
    page("{ errorBudgetPercent: -2, shortWindow: 5m, longWindow: 1h }"),
    [
      "6:40 spec.page.quick.errorBudgetPercent: must be a percentage of the budget above 0 and at most 100, got -2 [tier-range]",
    ],
  ],
  [
    "a percentage that is a text",
    page("{ errorBudgetPercent: '2', shortWindow: 5m, longWindow: 1h }"),
    [
      '6:40 spec.page.quick.errorBudgetPercent: must be a number, got the text "2"; take the quotes away [wrong-type]',
    ],
  ],
  [
    "a percentage with its sign",
    page("{ errorBudgetPercent: 2%, shortWindow: 5m, longWindow: 1h }"),
    ['6:40 spec.page.quick.errorBudgetPercent: must be a number, got "2%" [wrong-type]'],
  ],
  [
    "a short window without its unit",
    page("{ errorBudgetPercent: 2, shortWindow: 5, longWindow: 1h }"),
    [
      "6:56 spec.page.quick.shortWindow: must be a duration with its unit, got 5; write for example 1h [window-format]",
    ],
  ],
  [
    "a short window of seconds",
    page("{ errorBudgetPercent: 2, shortWindow: 30s, longWindow: 1h }"),
    [
      '6:56 spec.page.quick.shortWindow: must be a duration in whole minutes, such as 5m or 1h, got "30s" [window-format]',
    ],
  ],
  [
    "a short window that is the longer one",
    page("{ errorBudgetPercent: 2, shortWindow: 2h, longWindow: 1h }"),
    ['6:56 spec.page.quick.shortWindow: must be shorter than longWindow, got "2h" [tier-range]'],
  ],
  [
    "windows that are alike",
    page("{ errorBudgetPercent: 2, shortWindow: 1h, longWindow: 1h }"),
    ['6:56 spec.page.quick.shortWindow: must be shorter than longWindow, got "1h" [tier-range]'],
  ],
  [
    "a long window above the period",
    page("{ errorBudgetPercent: 2, shortWindow: 1d, longWindow: 31d }"),
    ['6:72 spec.page.quick.longWindow: must not be longer than sloPeriod, got "31d" [tier-range]'],
  ],
  [
    "a long window in words",
    page("{ errorBudgetPercent: 2, shortWindow: 5m, longWindow: hour }"),
    [
      '6:72 spec.page.quick.longWindow: must be a duration in whole minutes, such as 5m or 1h, got "hour" [window-format]',
    ],
  ],
  [
    "every mistake at once",
    alertWindows({
      sloPeriod: "'x'",
      page: "{}",
      ticket: "{ quick: { errorBudgetPercent: 0 }, slow: 1 }",
    }),
    [
      '5:14 spec.sloPeriod: must be a duration in whole minutes, such as 5m or 1h, got "x" [window-format]',
      "6:9 spec.page.quick: is missing; write quick: with errorBudgetPercent, shortWindow and longWindow [missing-field]",
      "6:9 spec.page.slow: is missing; write slow: with errorBudgetPercent, shortWindow and longWindow [missing-field]",
      "7:20 spec.ticket.quick.shortWindow: is missing; write shortWindow: 5m [missing-field]",
      "7:20 spec.ticket.quick.longWindow: is missing; write longWindow: 1h [missing-field]",
      "7:42 spec.ticket.quick.errorBudgetPercent: must be a percentage of the budget above 0 and at most 100, got 0 [tier-range]",
      "7:53 spec.ticket.slow: must be a map of fields, got 1 [wrong-type]",
    ],
  ],
];

test.each(REFUSED)("%s is refused with its place and what to do", (_, text, expected) => {
  const { slos, findings } = readDocument("a.yaml", text);
  const errors = findings.filter((finding) => finding.severity === "error").map(formatFinding);
  expect(errors).toEqual(expected.map((line) => `a.yaml:${line}`));
  expect(slos).toEqual([]);
});

describe("alert windows that are right", () => {
  const read = (...texts: string[]) => {
    const documents = readDocuments(texts.map((text, i) => ({ file: `${i}.yaml`, text })));
    return {
      tiers: documents.flatMap(({ slos }) =>
        slos.map(({ definition }) => definition.alerting.tiers),
      ),
      errors: documents.flatMap(({ findings }) =>
        findings.filter(({ severity }) => severity === "error").map(formatFinding),
      ),
      codes: documents.flatMap(({ findings }) => findings.map(({ code }) => code)),
    };
  };

  test("give every Sloth SLO its tiers, with factors from the share and the period", () => {
    const expected = [
      { tier: "page-fast", severity: "page", factor: 14.4, longMs: HOUR, shortMs: 5 * MINUTE },
      { tier: "page-slow", severity: "page", factor: 6, longMs: 6 * HOUR, shortMs: 30 * MINUTE },
      { tier: "ticket-fast", severity: "ticket", factor: 3, longMs: DAY, shortMs: 2 * HOUR },
      { tier: "ticket-slow", severity: "ticket", factor: 1, longMs: 3 * DAY, shortMs: 6 * HOUR },
    ];
    const { tiers, errors } = read(sloth(), alertWindows(), slothCrd({}, { service: "web" }));
    expect(errors).toEqual([]);
    expect(tiers).toEqual([expected, expected]);
  });

  test.each([
    [
      "a percentage with a fraction",
      page("{ errorBudgetPercent: 2.5, shortWindow: 5m, longWindow: 1h }"),
      18,
    ],
    [
      "windows in two units",
      page("{ errorBudgetPercent: 2, shortWindow: 7m, longWindow: 1h30m }"),
      9.6,
    ],
    ["the whole budget", page("{ errorBudgetPercent: 100, shortWindow: 1h, longWindow: 30d }"), 1],
    [
      "metadata with labels",
      alertWindows().replace("{ name: month }", "{ name: m, labels: { a: b } }"),
      14.4,
    ],
    ["no metadata", alertWindows().replace("metadata: { name: month }\n", ""), 14.4],
    ["a period in weeks and days", alertWindows({ sloPeriod: "4w2d" }), 14.4],
  ])("%s", (_, text, factor) => {
    const { tiers, errors } = read(sloth(), text);
    expect(errors).toEqual([]);
    expect(tiers[0]?.[0]?.factor).toBe(factor);
  });

  test("for another period are told to be of no use, and change nothing", () => {
    const { tiers, codes } = read(sloth(), alertWindows({ sloPeriod: "7d" }));
    expect(tiers).toEqual([undefined]);
    expect(codes).toContain("period-unused");
  });

  test("twice for one period are refused in both places", () => {
    expect(read(alertWindows(), alertWindows()).errors).toEqual([
      "0.yaml:1:1: 1.yaml:1 has alert windows for the same period; take one of them out [duplicate-object]",
      "1.yaml:1:1: 0.yaml:1 has alert windows for the same period; take one of them out [duplicate-object]",
    ]);
  });

  test("with a mistake leave the standard tiers in place", () => {
    expect(read(sloth(), page("{}")).tiers).toEqual([undefined]);
  });
});

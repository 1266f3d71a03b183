import { expect, test } from "vitest";
import { formatFinding } from "#lib/spec/format.ts";
import { readDocument } from "#lib/spec/read.ts";
import { plain } from "#lib/spec/testing.ts";

const tiers = (list: string) => plain({ alerting: `{ tiers: ${list} }` });
const budgeting = (text: string) => plain({ budgeting: text });

/** What is wrong, the document, and every error that is told, without the file's name. */
const REFUSED: readonly (readonly [string, string, readonly string[]])[] = [
  // windows of the calendar
  [
    "a unit that there is not",
    plain({ window: "{ calendar: day, zone: UTC }" }),
    [
      '6:25 slos[0].window.calendar: must be week, month, quarter or year, got "day" [window-format]',
    ],
  ],
  [
    "no unit",
    plain({ window: "{ zone: UTC }" }),
    ["6:13 slos[0].window.calendar: is missing; write calendar: month [missing-field]"],
  ],
  [
    "no zone",
    plain({ window: "{ calendar: month }" }),
    ["6:13 slos[0].window.zone: is missing; write zone: UTC [missing-field]"],
  ],
  [
    "a zone that there is not",
    plain({ window: "{ calendar: month, zone: Mars/Olympus }" }),
    [
      '6:38 slos[0].window.zone: must be a time zone by its IANA name, such as Europe/Berlin or UTC, got "Mars/Olympus" [bad-zone]',
    ],
  ],
  [
    "half a month",
    plain({ window: "{ calendar: month, zone: UTC, count: 0.5 }" }),
    [
      "6:50 slos[0].window.count: must be at least 1 and at most 12 months, as history is kept for a year, got 0.5 [window-range]",
    ],
  ],
  [
    "more months than are kept",
    plain({ window: "{ calendar: month, zone: UTC, count: 13, start: 2026-01-01 }" }),
    [
      "6:50 slos[0].window.count: must be at least 1 and at most 12 months, as history is kept for a year, got 13 [window-range]",
    ],
  ],
  [
    "two weeks without their start",
    plain({ window: "{ calendar: week, zone: UTC, count: 2 }" }),
    [
      "6:13 slos[0].window.start: is missing; write start: 2026-01-01 00:00, where a period began [missing-field]",
    ],
  ],
  [
    "a start that is no date",
    plain({ window: "{ calendar: week, zone: UTC, start: Monday }" }),
    [
      '6:49 slos[0].window.start: must be a date with a time and no zone, as in 2026-01-01 00:00:00, got "Monday" [bad-start]',
    ],
  ],
  [
    "a field of the window that there is not",
    plain({ window: "{ calendar: week, zone: UTC, tz: UTC }" }),
    [
      "6:42 slos[0].window.tz: is not a known field; known here: calendar, count, zone, start [unknown-field]",
    ],
  ],
  [
    "monthly",
    plain({ window: "monthly" }),
    [
      '6:13 slos[0].window: must be a duration such as 30d, or week, month, quarter or year, got "monthly"; write month [window-format]',
    ],
  ],
  // how the budget is spent
  [
    "a budgeting that is a text",
    budgeting("timeslices"),
    ['7:16 slos[0].budgeting: must be a map of fields, got "timeslices" [wrong-type]'],
  ],
  [
    "a method that there is not",
    budgeting("{ method: slices }"),
    [
      '7:26 slos[0].budgeting.method: must be occurrences, timeslices or ratio_timeslices, got "slices" [wrong-type]',
    ],
  ],
  [
    "no method",
    budgeting("{ window: 5m }"),
    ["7:16 slos[0].budgeting.method: is missing; write method: timeslices [missing-field]"],
  ],
  [
    "slices without anything",
    budgeting("{ method: timeslices }"),
    [
      "7:16 slos[0].budgeting.window: is missing; write window: 5m [missing-field]",
      "7:16 slos[0].budgeting.target: is missing; write target: 0.95 [missing-field]",
    ],
  ],
  [
    "a target above 1",
    budgeting("{ method: timeslices, target: 95, window: 5m }"),
    ["7:46 slos[0].budgeting.target: must be above 0 and at most 1, got 95 [slice-range]"],
  ],
  [
    "slices of a week",
    budgeting("{ method: timeslices, target: 0.95, window: 1w }"),
    ['7:60 slos[0].budgeting.window: must be at most 1d, got "1w" [slice-range]'],
  ],
  [
    "slices of seconds",
    budgeting("{ method: timeslices, target: 0.95, window: 30s }"),
    [
      '7:60 slos[0].budgeting.window: must be a duration in whole minutes, such as 5m or 1h, got "30s" [window-format]',
    ],
  ],
  [
    "a target for ratios",
    budgeting("{ method: ratio_timeslices, target: 0.95, window: 5m }"),
    ["7:52 slos[0].budgeting.target: goes with timeslices; take it out [slice-range]"],
  ],
  [
    "a window for occurrences",
    budgeting("{ method: occurrences, window: 5m }"),
    ["7:47 slos[0].budgeting.window: goes with time slices; take it out [slice-range]"],
  ],
  // groups and tiers
  [
    "groups by no label",
    plain({ grouping: "[a-b]" }),
    ['7:16 slos[0].grouping[0]: must be the name of a label, got "a-b" [bad-label]'],
  ],
  [
    "groups that are a map",
    plain({ grouping: "{ by: a }" }),
    ["7:15 slos[0].grouping: must be a list (lines that begin with “- ”), got a map [wrong-type]"],
  ],
  [
    "no tier",
    tiers("[]"),
    [
      "7:24 slos[0].alerting.tiers: must hold at least one tier; take the field out for the standard ones [empty-field]",
    ],
  ],
  [
    "tiers that are a map",
    tiers("{}"),
    [
      "7:24 slos[0].alerting.tiers: must be a list (lines that begin with “- ”), got a map [wrong-type]",
    ],
  ],
  [
    "a tier of nothing",
    tiers("[{}]"),
    [
      "7:25 slos[0].alerting.tiers[0].severity: is missing; write severity: page [missing-field]",
      "7:25 slos[0].alerting.tiers[0].factor: is missing; write factor: 14.4 [missing-field]",
      "7:25 slos[0].alerting.tiers[0].long: is missing; write long: 1h [missing-field]",
      "7:25 slos[0].alerting.tiers[0].short: is missing; write short: 5m [missing-field]",
    ],
  ],
  [
    "a severity that there is not",
    tiers("[{ severity: mail, factor: 2, long: 1h, short: 5m }]"),
    ['7:37 slos[0].alerting.tiers[0].severity: must be page or ticket, got "mail" [wrong-type]'],
  ],
  [
    "a factor of 0",
    tiers("[{ severity: page, factor: 0, long: 1h, short: 5m }]"),
    ["7:51 slos[0].alerting.tiers[0].factor: must be a burn rate above 0, got 0 [tier-range]"],
  ],
  [
    "a short window that is the longer one",
    tiers("[{ severity: page, factor: 2, long: 5m, short: 1h }]"),
    ['7:71 slos[0].alerting.tiers[0].short: must be shorter than long, got "1h" [tier-range]'],
  ],
  [
    "a window without its unit",
    tiers("[{ severity: page, factor: 2, long: 60, short: 5m }]"),
    [
      "7:60 slos[0].alerting.tiers[0].long: must be a duration with its unit, got 60; write for example 1h [window-format]",
    ],
  ],
  [
    "three tiers of one severity",
    tiers(`[${"{ severity: page, factor: 2, long: 1h, short: 5m }, ".repeat(3)}]`),
    ["7:24 slos[0].alerting.tiers: holds more than two tiers of one severity [tier-range]"],
  ],
  // ready ratios
  [
    "a ratio and a metric",
    plain({ sli: "{ ratio: a, metric: b }" }),
    [
      "4:10 slos[0].sli: must have exactly one of metric, good, bad, errors, ratio or error_ratio; metric and ratio are there [sli-shape]",
    ],
  ],
  [
    "a ratio with a total",
    plain({ sli: "{ ratio: a, total: b }" }),
    ["4:29 slos[0].sli.total: goes with good, bad or errors, not with a ratio [sli-shape]"],
  ],
  [
    "a ratio with a limit",
    plain({ sli: "{ error_ratio: a, op: lte }" }),
    [
      "4:32 slos[0].sli.op: goes with a metric that is one value, not with counted events [sli-shape]",
    ],
  ],
  [
    "a ratio that is not PromQL",
    plain({ sli: "{ ratio: 'a(' }" }),
    ["4:21 slos[0].sli.ratio: not PromQL at “(” [query-syntax]"],
  ],
  [
    "a ratio without its objective",
    plain({ sli: "{ ratio: a }", target: null }),
    ["3:5 slos[0].target: is missing; write target: 0.995 [missing-field]"],
  ],
];

test.each(REFUSED)("%s is refused with its place and what to do", (_, text, expected) => {
  const { slos, findings } = readDocument("a.yaml", text);
  const errors = findings.filter((finding) => finding.severity === "error").map(formatFinding);
  expect(errors).toEqual(expected.map((line) => `a.yaml:${line}`));
  expect(slos).toEqual([]);
});

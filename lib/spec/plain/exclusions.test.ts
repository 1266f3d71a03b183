import { describe, expect, test } from "vitest";
import { formatFinding } from "#lib/spec/format.ts";
import { readDocument } from "#lib/spec/read.ts";
import { plain } from "#lib/spec/testing.ts";

/** An item from line 7, column 18 on; its `start` and `duration` are right. */
const item = (fields: string) => plain({ exclusions: `[{ ${fields} }]` });
const WHEN = "start: 2026-01-31 22:00, duration: 1h";
const iso = (ms: number) => new Date(ms).toISOString();

const said = (text: string) => {
  const { slos, findings } = readDocument("a.yaml", text);
  expect(findings.filter(({ severity }) => severity === "error").map(formatFinding)).toEqual([]);
  return slos.flatMap(({ definition }) => definition.exclusions ?? []);
};

describe("exclusions of a plain document", () => {
  test.each([
    ["UTC where no zone is said", WHEN, "2026-01-31T22:00:00.000Z", "2026-01-31T23:00:00.000Z"],
    [
      "on the wall of its zone",
      "start: 2026-07-31 22:00, end: 2026-08-01 00:30, zone: Europe/Berlin",
      "2026-07-31T20:00:00.000Z",
      "2026-07-31T22:30:00.000Z",
    ],
    [
      "with an offset, whatever the zone",
      "start: 2026-01-31T22:00:05+01:00, end: 2026-01-31T22:30:00Z, zone: Asia/Tokyo",
      "2026-01-31T21:00:05.000Z",
      "2026-01-31T22:30:00.000Z",
    ],
    [
      "with an end and a duration that agree",
      `${WHEN}, end: 2026-01-31 23:00`,
      "2026-01-31T22:00:00.000Z",
      "2026-01-31T23:00:00.000Z",
    ],
    [
      "as long as may be",
      "start: 2026-01-01 00:00, duration: 31d",
      "2026-01-01T00:00:00.000Z",
      "2026-02-01T00:00:00.000Z",
    ],
  ])("have their times: %s", (_, fields, from, to) => {
    const [one] = said(item(`reason: Upgrade, ${fields}`));
    expect([iso(one?.startsAt ?? 0), iso(one?.endsAt ?? 0)]).toEqual([from, to]);
  });

  test("have a title of their own, or their reason in short", () => {
    const words = "a b ".repeat(40).trim();
    const [own, short] = said(
      plain({
        exclusions: `[{ title: T, reason: R, ${WHEN} }, { reason: ${words}, start: 2026-02-01 00:00, duration: 1h }]`,
      }),
    );
    expect(own).toEqual({
      ...{ of: "slo", title: "T", reason: "R", rrule: null, zone: "UTC", file: "a.yaml" },
      startsAt: Date.UTC(2026, 0, 31, 22),
      endsAt: Date.UTC(2026, 0, 31, 23),
    });
    expect([short?.title.length, short?.reason]).toEqual([60, words]);
  });

  test("at the top are of every SLO of the service, beside its own", () => {
    const again = "[{ reason: Patch, start: 2026-02-01 00:00, duration: 1h, rrule: FREQ=WEEKLY }]";
    const found = said(plain({ exclusions: `[{ reason: Own, ${WHEN} }]` }, { exclusions: again }));
    expect(found.map(({ of, title, rrule }) => [of, title, rrule])).toEqual([
      ["service", "Patch", "FREQ=WEEKLY"],
      ["slo", "Own", null],
    ]);
  });

  test("are nothing where none is said", () => {
    expect(readDocument("a.yaml", plain()).slos[0]?.definition).not.toHaveProperty("exclusions");
  });
});

const AT = "slos[0].exclusions[0]";

describe("exclusions are refused with their place and what to do", () => {
  test.each<[string, string, string[]]>([
    [
      "an empty list",
      plain({ exclusions: "[]" }),
      ["7:17 slos[0].exclusions: must hold at least one window; take the field out [empty-field]"],
    ],
    [
      "no list",
      plain({ exclusions: "none" }),
      [
        '7:17 slos[0].exclusions: must be a list (lines that begin with “- ”), got "none" [wrong-type]',
      ],
    ],
    [
      "nothing in it",
      item(""),
      [
        `7:18 ${AT}.reason: is missing; write reason: why nobody should be held to it [missing-field]`,
        `7:18 ${AT}.start: is missing; write start: 2026-01-31 22:00 [missing-field]`,
        `7:18 ${AT}.duration: is missing; write duration: 1h, or end [missing-field]`,
      ],
    ],
    [
      "no reason",
      item(WHEN),
      [
        `7:18 ${AT}.reason: is missing; write reason: why nobody should be held to it [missing-field]`,
      ],
    ],
    [
      "a reason that is empty",
      item(`reason: '', ${WHEN}`),
      [`7:28 ${AT}.reason: is empty; give it a value or take the line out [empty-field]`],
    ],
    [
      "a reason that is far too long",
      item(`reason: ${"a".repeat(2001)}, ${WHEN}`),
      [
        `7:28 ${AT}.reason: has 2001 characters, at most 2000 are allowed; shorten "${"a".repeat(59)}…" [too-long]`,
      ],
    ],
    [
      "a title that is too long",
      item(`reason: a, title: ${"a".repeat(301)}, ${WHEN}`),
      [
        `7:38 ${AT}.title: has 301 characters, at most 300 are allowed; shorten "${"a".repeat(59)}…" [too-long]`,
      ],
    ],
    [
      "a field that is known elsewhere",
      item(`reason: a, starts: x, ${WHEN}`),
      [`7:31 ${AT}.starts: is not a known field; did you mean start? [unknown-field]`],
    ],
    [
      "experiments, which are told as they happen",
      item(`reason: a, kind: experiment, ${WHEN}`),
      [
        `7:31 ${AT}.kind: is not a known field; known here: title, reason, start, end, duration, rrule, zone [unknown-field]`,
      ],
    ],
    [
      "a day without a time",
      item("reason: a, start: 2026-01-31, duration: 1h"),
      [
        `7:38 ${AT}.start: must be a date with a time, such as 2026-01-31 22:00 or 2026-01-31T22:00:00+01:00, got "2026-01-31" [exclusion-time]`,
      ],
    ],
    [
      "a day that there is not",
      item("reason: a, start: 2026-02-30 22:00, duration: 1h"),
      [
        `7:38 ${AT}.start: must be a date with a time, such as 2026-01-31 22:00 or 2026-01-31T22:00:00+01:00, got "2026-02-30 22:00" [exclusion-time]`,
      ],
    ],
    [
      "an offset that there is not",
      item("reason: a, start: '2026-01-31T22:00+99:00', duration: 1h"),
      [
        `7:38 ${AT}.start: must be a date with a time, such as 2026-01-31 22:00 or 2026-01-31T22:00:00+01:00, got "2026-01-31T22:00+99:00" [exclusion-time]`,
      ],
    ],
    [
      "a start as a number",
      item("reason: a, start: 20260131, duration: 1h"),
      [`7:38 ${AT}.start: must be a text, got 20260131 [wrong-type]`],
    ],
    [
      "an end before the start",
      item("reason: a, start: 2026-01-31 22:00, end: 2026-01-31 22:00"),
      [`7:61 ${AT}.end: must lie after the start [exclusion-time]`],
    ],
    [
      "a start of long ago",
      item("reason: r, start: 1990-01-01 00:00, duration: 1h, rrule: FREQ=DAILY;COUNT=20000"),
      [
        `7:38 ${AT}.start: lies before 2015, and no history of that time is kept; begin with a later time, a recurrence too [exclusion-time]`,
      ],
    ],
    [
      "an end some seconds later",
      item("reason: a, start: 2026-01-31 22:00, end: 2026-01-31 22:00:59"),
      [
        `7:61 ${AT}.end: is less than a minute after the start; whole minutes are left out [exclusion-time]`,
      ],
    ],
    [
      "a year that is another",
      item("reason: a, start: 2026-01-31 22:00, end: 2027-01-31 22:00"),
      [`7:61 ${AT}.end: lies more than 31 days after the start; check the date [exclusion-time]`],
    ],
    [
      "a duration beyond a month",
      item("reason: a, start: 2026-01-31 22:00, duration: 32d"),
      [
        `7:66 ${AT}.duration: lies more than 31 days after the start; check the date [exclusion-time]`,
      ],
    ],
    [
      "a duration under a minute",
      item("reason: a, start: 2026-01-31 22:00, duration: 30s"),
      [
        `7:66 ${AT}.duration: must be a duration of at least a minute, such as 90m or 1h30m, got "30s" [exclusion-time]`,
      ],
    ],
    [
      "a duration without a unit",
      item("reason: a, start: 2026-01-31 22:00, duration: 60"),
      [`7:66 ${AT}.duration: must be a text, got 60 [wrong-type]`],
    ],
    [
      "an end and another duration",
      item(`reason: a, ${WHEN}, end: 2026-01-31 23:30`),
      [
        `7:66 ${AT}.duration: does not lead to the end that is given; take one of them out [exclusion-time]`,
      ],
    ],
    [
      "a recurrence each hour",
      item(`reason: a, ${WHEN}, rrule: FREQ=HOURLY`),
      [
        `7:77 ${AT}.rrule: cannot be followed: FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY, got HOURLY. [exclusion-time]`,
      ],
    ],
    [
      "a zone that there is not",
      item(`reason: a, ${WHEN}, zone: Mars/Olympus`),
      [
        `7:76 ${AT}.zone: must be a time zone by its IANA name, such as Europe/Berlin or UTC, got "Mars/Olympus" [bad-zone]`,
      ],
    ],
    [
      "one window twice",
      plain({ exclusions: `[{ reason: a, ${WHEN} }, { reason: b, ${WHEN} }]` }),
      [
        "7:72 slos[0].exclusions[1]: is the same window as an earlier one; keep one [exclusion-time]",
      ],
    ],
    [
      "one at the top, for every SLO",
      plain({}, { exclusions: `[{ ${WHEN} }]` }),
      [
        "2:14 exclusions[0].reason: is missing; write reason: why nobody should be held to it [missing-field]",
      ],
    ],
  ])("%s", (_, text, expected) => {
    const { slos, findings } = readDocument("a.yaml", text);
    const errors = findings.filter(({ severity }) => severity === "error").map(formatFinding);
    expect(errors).toEqual(expected.map((line) => `a.yaml:${line}`));
    expect(slos).toEqual([]);
  });
});

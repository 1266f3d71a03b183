import { describe, expect, test } from "vitest";
import { changedIn } from "#components/incidents/changed.ts";
import { fieldOf, isoOf } from "#components/incidents/time-field.tsx";
import {
  badWords,
  confidenceWords,
  stateWords,
  timeLines,
  unmeasuredWords,
} from "#components/incidents/words.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const T = Date.UTC(2026, 0, 5, 10, 0, 42);
const TIMES = { startedAt: T, detectedAt: null, mitigatedAt: null, resolvedAt: null };

describe("how an incident stands", () => {
  test.each([
    [null, "Open for 2 h"],
    [T + 72 * MINUTE, "Resolved after 1 h 12 min"],
    [T, "Resolved after 0 s"],
    [T - 1, "Resolved"],
  ])("resolved at %s: %s", (resolvedAt, words) => {
    expect(stateWords({ startedAt: T, resolvedAt }, T + 2 * HOUR)).toBe(words);
  });

  test("each time is measured from the start; what is open is a lower bound, never 0", () => {
    const took = (times: Partial<typeof TIMES> | object, now = T + HOUR) =>
      timeLines({ ...TIMES, ...times }, now).map((line) => line.took);
    expect(took({})).toEqual([null, null, null, "≥ 1 h so far"]);
    expect(took({ detectedAt: T, mitigatedAt: T + MINUTE, resolvedAt: T + HOUR })).toEqual([
      null,
      "0 s",
      "1 min",
      "1 h",
    ]);
    expect(took({ detectedAt: T - 1 })[1]).toContain("one of the times is wrong");
  });

  test("confidence is said where there is any", () => {
    expect(confidenceWords({ confidence: "low" })).toBe("low confidence");
    expect(confidenceWords({ confidence: null })).toBe("");
  });
});

describe("what an incident cost", () => {
  test("is not measured yet until its first minutes are, and later was not measured then", () => {
    expect(unmeasuredWords({ to: T - MINUTE }, T)).toBe("not measured yet");
    expect(unmeasuredWords({ to: T + MINUTE }, T)).toBe("not measured then");
  });

  test.each([
    ["events", 1, "1 bad event"],
    ["minutes", 1, "1 bad minute"],
    ["events", 31_870, "31,870 bad events"],
    ["events", 0, "0 bad events"],
  ] as const)("of %s: %d reads %s", (unit, bad, text) => {
    expect(badWords({ unit }, bad)).toBe(text);
  });
});

describe("what a form sends", () => {
  const before = {
    ...{ service: "shop", title: "Down", severity: "SEV2" as const, incidentClass: null },
    ...{ url: "https://example.org/1", runbookUrl: null, postmortemUrl: null },
    ...{ startedAt: T, detectedAt: null, mitigatedAt: T, resolvedAt: null },
  };
  const filled = (parts: Readonly<Record<string, string>> = {}): FormData => {
    const form = new FormData();
    const shown = {
      ...{ service: "shop", title: "Down", severity: "SEV2", url: "https://example.org/1" },
      ...{ runbookUrl: "", postmortemUrl: "", startedAt: fieldOf(T), detectedAt: "" },
      ...{ mitigatedAt: fieldOf(T), resolvedAt: "" },
    };
    for (const [name, value] of Object.entries({ ...shown, ...parts })) form.set(name, value);
    return form;
  };

  test("nothing, when nothing was touched: seconds that it does not show stay", () => {
    expect(changedIn(filled(), before)).toEqual({});
  });

  test("what was changed alone; an emptied field is null", () => {
    const form = filled({
      ...{ title: " Down again ", url: "", runbookUrl: "https://example.org/r" },
      ...{ detectedAt: fieldOf(T), mitigatedAt: "" },
    });
    expect(changedIn(form, before)).toEqual({
      ...{ title: "Down again", url: null, runbookUrl: "https://example.org/r" },
      ...{ detectedAt: "2026-01-05T10:00:00.000Z", mitigatedAt: null },
    });
  });

  test("a field that is not in the form is left alone", () => {
    expect(changedIn(new FormData(), before)).toEqual({});
  });

  test.each([
    ["", null],
    ["nonsense", null],
  ])("%j is no time", (written, iso) => {
    expect(isoOf(written)).toBe(iso);
  });

  test("a moment goes through the field to the minute, in any zone", () => {
    expect(isoOf(fieldOf(T))).toBe("2026-01-05T10:00:00.000Z");
  });
});

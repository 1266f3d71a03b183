import { describe, expect, test } from "vitest";
import { laneSummary, recordedSince } from "#components/slo/timeline/lane-summary.ts";
import type { Lane, StateSpan } from "#components/slo/timeline/view.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const END = 30 * DAY;
const alert = { tier: "page-fast", severity: "page", startedAt: DAY, endedAt: 2 * DAY } as const;

function lane(states: readonly StateSpan[]): Lane {
  return { slo: "a", states, alerts: [alert], transitions: [] };
}

describe("the summary of a lane", () => {
  const began = END - 11 * MINUTE;
  const young: StateSpan[] = [
    { from: 0, to: began, state: null },
    { from: began, to: END, state: "exhausted" },
  ];

  test("says for how long states are recorded, where that is not the whole time", () => {
    expect(laneSummary(lane(young))).toBe(
      "recorded for 11 min: exhausted 11 min; 1 alert, no policy change",
    );
    expect(recordedSince(young)).toBe(began);
  });

  test("says nothing of it where all is recorded, and nothing is recorded yet", () => {
    const whole: StateSpan[] = [{ from: 0, to: END, state: "healthy" }];
    expect(laneSummary(lane(whole))).toBe("healthy 30 d; 1 alert, no policy change");
    expect(recordedSince(whole)).toBeNull();
    const none: StateSpan[] = [{ from: 0, to: END, state: null }];
    expect(laneSummary(lane(none))).toContain("no state recorded yet");
    expect(recordedSince(none)).toBeNull();
    expect(recordedSince([])).toBeNull();
  });
});

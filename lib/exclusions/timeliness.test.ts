import { describe, expect, test } from "vitest";
import { type ToldBefore, timelinessOf, whyCounted } from "#lib/exclusions/timeliness.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const START = Date.UTC(2026, 2, 1, 12);
const TOLD = { startsAt: START, endsAt: START + HOUR, rrule: null, slo: null };
const first = (parts: Partial<typeof TOLD> | object, now: number) =>
  timelinessOf({ ...TOLD, ...parts }, { before: null, now });

describe("an experiment that is told for the first time", () => {
  test.each([
    ["before it begins", {}, START - DAY, "in-time"],
    ["a quarter of an hour after it began", {}, START + 15 * MINUTE, "in-time"],
    ["later than that", {}, START + 15 * MINUTE + 1, "late-start"],
    ["without an end", { endsAt: null }, START, "running"],
    ["for a day", { endsAt: START + DAY }, START, "in-time"],
    ["for longer", { endsAt: START + DAY + 1 }, START, "too-long"],
    ["by a rule", { rrule: "FREQ=DAILY" }, START, "recurs"],
    ["without a whole minute in it", { endsAt: START + MINUTE - 1 }, START, "too-short"],
    ["after a short one", { endsAt: START + MINUTE }, START + 17 * MINUTE, "late-start"],
  ])("%s", (_, parts, now, expected) => expect(first(parts, now)).toBe(expected));
});

describe("an experiment that is changed", () => {
  const changed = (before: Partial<ToldBefore>, after: object, now: number) =>
    timelinessOf(
      { ...TOLD, ...after },
      { before: { ...TOLD, timeliness: "in-time", ...before }, now },
    );
  const RUNNING = { endsAt: null, timeliness: "running" } as const;
  const LATER = START + 5 * HOUR;

  test.each<[string, Partial<ToldBefore>, object, number, string]>([
    ["ended as it ends", RUNNING, { endsAt: LATER }, LATER, "in-time"],
    ["ended later than that", RUNNING, { endsAt: LATER }, LATER + 15 * MINUTE + 1, "late-end"],
    ["in its words alone", {}, {}, LATER, "in-time"],
    ["to end sooner", {}, { endsAt: START + MINUTE }, LATER, "in-time"],
    ["to end later, afterwards", {}, { endsAt: START + 2 * HOUR }, LATER, "late-end"],
    ["to end later, before it ends", {}, { endsAt: LATER }, START + HOUR, "in-time"],
    ["to go on until now, long after its end", {}, { endsAt: LATER }, LATER, "late-end"],
    [
      "to lie elsewhere, long after its end",
      {},
      { startsAt: LATER - HOUR, endsAt: LATER },
      LATER,
      "late-end",
    ],
    ["to run again, long after its end", {}, { endsAt: null }, LATER, "late-end"],
    [
      "that was to run again",
      { endsAt: null, timeliness: "late-end" },
      { endsAt: LATER },
      LATER,
      "late-end",
    ],
    [
      "to begin later than it was told while it ran",
      RUNNING,
      { startsAt: LATER - HOUR, endsAt: LATER },
      LATER,
      "late-start",
    ],
    ["to begin later", {}, { startsAt: START + MINUTE }, LATER, "in-time"],
    ["to begin sooner, afterwards", {}, { startsAt: START - MINUTE }, LATER, "late-start"],
    ["to more SLOs, afterwards", { slo: "a" }, {}, LATER, "late-start"],
    ["that was late", { timeliness: "late-start" }, {}, LATER, "late-start"],
    ["whose end was late", { timeliness: "late-end" }, {}, LATER, "late-end"],
    ["that was to be counted", { timeliness: null }, {}, LATER, "late-start"],
  ])("%s", (_, before, after, now, expected) => expect(changed(before, after, now)).toBe(expected));
});

test("why it counts is said where something stands against it", () => {
  expect(whyCounted("late-start")).toBe("it was told more than 15 minutes after it began");
  expect([whyCounted(null), whyCounted("in-time")]).toEqual([null, null]);
});

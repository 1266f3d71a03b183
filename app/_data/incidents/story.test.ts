import { describe, expect, test } from "vitest";
import { type StoryFacts, storyOf, storySpan } from "#app/_data/incidents/story.ts";
import { timeMistakes } from "#app/_data/incidents/times.ts";
import type { StoryEntry } from "#components/incidents/view.ts";
import type { IncidentNoteRow } from "#db/reads/incidents.ts";
import type { Deployment } from "#lib/dora/deployment.ts";
import { at, delivery, deployed } from "#lib/dora/testing.ts";
import { HOUR } from "#lib/time/duration.ts";

const TIMES = { startedAt: at(10), detectedAt: null, mitigatedAt: null, resolvedAt: at(12) };

function note(kind: string, hours: number, parts: Partial<IncidentNoteRow> = {}): IncidentNoteRow {
  const entry = { id: hours, incidentId: "i", at: at(hours), kind, text: `${kind} at ${hours}` };
  return { ...entry, byName: null, naturalKey: null, ...parts };
}

function story(facts: Partial<StoryFacts>): StoryEntry[] {
  const times = facts.times ?? TIMES;
  const none = { notes: [], alerts: [], transitions: [], deployments: [], cause: null };
  return storyOf({ times, span: storySpan(times, at(20)), ...none, ...facts });
}

/** Each entry as "10 milestone Started". */
function lines(entries: readonly StoryEntry[]): string[] {
  return entries.map((entry) => {
    const words = "text" in entry ? entry.text : "";
    return `${(entry.at - at(0)) / HOUR} ${entry.kind} ${words}`;
  });
}

function shippedAt(...hours: readonly number[]): Deployment[] {
  const records = hours.map((each) => deployed(`d${each}`, each));
  return delivery({ records }).verdicts.map(({ deployment }) => deployment);
}

describe("an incident's timeline", () => {
  test("tells of two hours before until an hour after, or until now while it is open", () => {
    expect(storySpan(TIMES, at(20))).toEqual({ from: at(8), to: at(13) + 1 });
    expect(storySpan({ ...TIMES, resolvedAt: null }, at(20)).to).toBe(at(20) + 1);
  });

  test("tells an outside alert's tier and SLO, by which alone two of a rule are told apart", () => {
    const outside = [
      {
        ...{ name: "ErrorBudgetBurn", severity: "page", tier: "page-fast", slo: "availability" },
        ...{ startsAt: at(10.5), endsAt: at(11) },
      },
    ];
    expect(story({ outside }).filter(({ kind }) => kind === "outside")).toMatchObject([
      { turn: "began", tier: "page-fast", slo: "availability" },
      { turn: "cleared", tier: "page-fast", slo: "availability" },
    ]);
  });

  test("has deployments, alerts, policy and notes in the order in which they were", () => {
    const alert = { slo: "a", tier: "fast" };
    const entries = story({
      times: { ...TIMES, detectedAt: at(10.5) },
      notes: [note("note", 11)],
      alerts: [
        { ...alert, startedAt: at(10.25), endedAt: at(12.5) },
        { ...alert, startedAt: at(5), endedAt: at(9) },
        { ...alert, startedAt: at(11.5), endedAt: null },
      ],
      transitions: [{ slo: "a", at: at(10.75), from: "ok", to: "frozen" }],
      deployments: shippedAt(7, 9.5, 13.5),
    });
    const told = entries.map((entry) => `${(entry.at - at(0)) / HOUR} ${entry.kind}`);
    expect(told).toEqual([
      "9 alert",
      "9.5 deployment",
      "10 milestone",
      "10.25 alert",
      "10.5 milestone",
      "10.75 policy",
      "11 note",
      "11.5 alert",
      "12 milestone",
      "12.5 alert",
    ]);
  });

  test("has the cause, however long before it was", () => {
    const cause = { id: "far", name: "v1", at: at(-30) };
    const entries = story({ deployments: shippedAt(9), cause });
    expect(entries).toMatchObject([
      { id: "far", isCause: true },
      { id: "d9", isCause: false },
      { text: "Started" },
      { text: "Resolved" },
    ]);
    const own = story({ deployments: shippedAt(9), cause: { id: "d9", name: "v1", at: at(9) } });
    expect(own.filter(({ kind }) => kind === "deployment")).toMatchObject([{ isCause: true }]);
  });

  test.each([
    [
      "what the milestones say already is not said twice",
      [note("opened", 10), note("resolved", 12)],
    ],
    ["a resolution that was corrected is gone", [note("resolved", 11)]],
  ])("%s", (_, notes) => {
    expect(lines(story({ notes }))).toEqual(["10 milestone Started", "12 milestone Resolved"]);
  });

  test("a resolution that a reopening follows stays, and so does when it was first told", () => {
    const notes = [note("opened", 10.5), note("resolved", 11), note("reopened", 11.5)];
    expect(lines(story({ notes }))).toEqual([
      "10 milestone Started",
      "10.5 note opened at 10.5",
      "11 note resolved at 11",
      "11.5 note reopened at 11.5",
      "12 milestone Resolved",
    ]);
  });
});

describe("times that contradict each other", () => {
  const order = { startedAt: 4, detectedAt: null, mitigatedAt: null, resolvedAt: null };

  test.each([
    [{ detectedAt: 3 }, ["detectedAt"], ["detectedAt"]],
    [{ detectedAt: 4, mitigatedAt: 4, resolvedAt: 4 }, ["startedAt", "resolvedAt"], []],
    [{ resolvedAt: 3 }, ["startedAt"], ["startedAt"]],
    [{ resolvedAt: 3 }, ["title"], []],
    [
      { resolvedAt: 5, mitigatedAt: 6, detectedAt: 6 },
      ["resolvedAt"],
      ["resolvedAt", "resolvedAt"],
    ],
    [{ mitigatedAt: 5, detectedAt: 6 }, ["mitigatedAt"], []],
  ])("%j, of which %j were given: %j", (times, given, fields) => {
    const mistakes = timeMistakes({ ...order, ...times }, new Set<string>(given));
    expect(mistakes.map(({ field }) => field)).toEqual(fields);
  });
});

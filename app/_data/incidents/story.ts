import { deploymentName } from "#app/_data/incidents/cause.ts";
import type { CauseView, IncidentTimes, StoryEntry } from "#components/incidents/view.ts";
import type { IncidentNoteRow } from "#db/reads/incidents.ts";
import type { ListedAlert } from "#db/reads/outsideAlerts.ts";
import type { ServiceAlert, ServiceTransition } from "#db/reads/serviceStory.ts";
import type { Deployment } from "#lib/dora/deployment.ts";
import { HOUR } from "#lib/time/duration.ts";

/** A deployment that is so much earlier can have begun a burn (lib/dora/attribution.ts). */
const BEFORE_MS = 2 * HOUR;
const AFTER_MS = HOUR;

/** Of which time an incident's story tells. */
export function storySpan(
  { startedAt, resolvedAt }: Pick<IncidentTimes, "startedAt" | "resolvedAt">,
  now: number,
): { readonly from: number; readonly to: number } {
  const end = resolvedAt === null ? now : resolvedAt + AFTER_MS;
  return { from: startedAt - BEFORE_MS, to: Math.max(startedAt, end) + 1 };
}

type OutsideFired = Pick<ListedAlert, "name" | "severity" | "tier" | "slo" | "startsAt" | "endsAt">;

export interface StoryFacts {
  readonly times: IncidentTimes;
  readonly notes: readonly IncidentNoteRow[];
  readonly alerts: readonly ServiceAlert[];
  /** Of rules outside; absent = none. */
  readonly outside?: readonly OutsideFired[];
  readonly transitions: readonly ServiceTransition[];
  /** Of the incident's service. */
  readonly deployments: readonly Deployment[];
  readonly cause: CauseView["deployment"];
  readonly span: { readonly from: number; readonly to: number };
}

/** Everything that happened around an incident, oldest first. */
export function storyOf(facts: StoryFacts): StoryEntry[] {
  const { times, notes, alerts, transitions, span } = facts;
  const told = [
    ...milestones(times),
    ...notesShown(notes, times),
    ...[...alerts.flatMap(turnsOf), ...(facts.outside ?? []).flatMap(outsideTurns)].filter(
      ({ at }) => at >= span.from && at < span.to,
    ),
    ...shippedIn(facts),
    ...transitions.map((each) => ({ kind: "policy" as const, ...each })),
  ];
  return told.sort((a, b) => a.at - b.at || RANK[a.kind] - RANK[b.kind]);
}

/** At the same moment what may be a cause comes first. */
const RANK: Readonly<Record<StoryEntry["kind"], number>> = {
  deployment: 0,
  milestone: 1,
  alert: 2,
  outside: 3,
  policy: 4,
  note: 5,
};

function milestones(times: IncidentTimes): StoryEntry[] {
  const all = [
    [times.startedAt, "Started"],
    [times.detectedAt, "Detected"],
    [times.mitigatedAt, "Mitigated"],
    [times.resolvedAt, "Resolved"],
  ] as const;
  return all.flatMap(([at, text]) => (at === null ? [] : [{ kind: "milestone", at, text }]));
}

/**
 * The milestones are what holds today. An entry that says the same is left out, and so is a resolution
 * that no reopening follows: it was corrected.
 */
function notesShown(notes: readonly IncidentNoteRow[], times: IncidentTimes): StoryEntry[] {
  const reopened = Math.max(0, ...notes.filter(isKind("reopened")).map(({ at }) => at));
  const isShown = ({ kind, at }: IncidentNoteRow) => {
    if (kind === "opened") return at !== times.startedAt;
    return kind !== "resolved" || (at !== times.resolvedAt && at <= reopened);
  };
  return notes.filter(isShown).map(({ at, text, byName, kind }) => ({
    kind: "note",
    ...{ at, text, by: byName, isWritten: kind === "note" },
  }));
}

function isKind(kind: string): (note: IncidentNoteRow) => boolean {
  return (note) => note.kind === kind;
}

function turnsOf({ slo, tier, startedAt, endedAt }: ServiceAlert): StoryEntry[] {
  const alert = { kind: "alert" as const, slo, tier };
  const began = { ...alert, at: startedAt, turn: "began" as const };
  return endedAt === null ? [began] : [began, { ...alert, at: endedAt, turn: "cleared" }];
}

function outsideTurns({ startsAt, endsAt, ...told }: OutsideFired): StoryEntry[] {
  const { name, severity, tier, slo } = told;
  const alert = { kind: "outside" as const, name, severity, tier, slo };
  const began = { ...alert, at: startsAt, turn: "began" as const };
  return endsAt === null ? [began] : [began, { ...alert, at: endsAt, turn: "cleared" }];
}

/** Those of the time, and the cause whenever and of whichever service it was. */
function shippedIn({ deployments, cause, span }: StoryFacts): StoryEntry[] {
  const inSpan = deployments
    .filter(({ finishedAt }) => finishedAt >= span.from && finishedAt < span.to)
    .map((each) => ({ id: each.id, name: deploymentName(each), at: each.finishedAt }));
  const isThere = cause === null || inSpan.some(({ id }) => id === cause.id);
  return (isThere ? inSpan : [...inSpan, cause]).map((each) => ({
    kind: "deployment",
    ...each,
    isCause: each.id === cause?.id,
  }));
}

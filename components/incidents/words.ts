import type {
  CauseView,
  IncidentTimes,
  Origin,
  ReviewPart,
  ToldField,
} from "#components/incidents/view.ts";
import type { BudgetCost } from "#components/slo/costs/view.ts";
import type { AttributionMethod } from "#lib/dora/attribution.ts";
import { count, span } from "#lib/format/numbers.ts";

/** How it is known which deployment caused an incident. */
export const METHOD_WORD: Readonly<Record<AttributionMethod, string>> = {
  hand: "Set by hand",
  explicit: "The incident's own text names it",
  remediation: "What mended the incident took it back",
  "burn-alert": "A burn alert of the service began within 2 h after it",
  "last-deployment": "It was the last deployment of the service, within 24 h before",
  unattributed: "Nothing ties the incident to a deployment",
};

export const ORIGIN_WORD: Readonly<Record<Origin, string>> = {
  github: "a GitHub issue",
  pagerduty: "PagerDuty",
  api: "the API",
  hand: "a person here",
  alert: "an alert",
};

export const REVIEW_WORD: Readonly<Record<ReviewPart, string>> = {
  detection: "Detection",
  triage: "Triage",
  mitigation: "Mitigation",
  rootCause: "Root cause",
  followUps: "Follow-ups",
};

export const REVIEW_HINT: Readonly<Record<ReviewPart, string>> = {
  detection: "How did we notice, and how could we have noticed sooner?",
  triage: "How did we find what was wrong, and who was needed?",
  mitigation: "What ended the harm?",
  rootCause: "What made it possible? Ask why until a change would prevent it.",
  followUps: "What will be done, by whom, until when?",
};

/** "high confidence", or nothing to say of one. */
export function confidenceWords({ confidence }: Pick<CauseView, "confidence">): string {
  return confidence === null ? "" : `${confidence} confidence`;
}

/** "Open for 2 h 5 min", "Resolved after 40 min". */
export function stateWords(
  { startedAt, resolvedAt }: Pick<IncidentTimes, "startedAt" | "resolvedAt">,
  now: number,
): string {
  if (resolvedAt === null) return `Open for ${span(Math.max(0, now - startedAt))}`;
  return resolvedAt < startedAt ? "Resolved" : `Resolved after ${span(resolvedAt - startedAt)}`;
}

export interface TimeLine {
  readonly called: string;
  readonly at: number | null;
  /** "Time to detect": what passed since the start; null where that says nothing. */
  readonly took: string | null;
}

/** The four moments of an incident and how long each took from the start. */
export function timeLines(times: IncidentTimes, now: number): TimeLine[] {
  const { startedAt, detectedAt, mitigatedAt, resolvedAt } = times;
  const took = (at: number | null) => (at === null ? null : lasted(at - startedAt));
  const soFar = `≥ ${span(Math.max(0, now - startedAt))} so far`;
  return [
    { called: "Started", at: startedAt, took: null },
    { called: "Detected", at: detectedAt, took: took(detectedAt) },
    { called: "Mitigated", at: mitigatedAt, took: took(mitigatedAt) },
    { called: "Resolved", at: resolvedAt, took: resolvedAt === null ? soFar : took(resolvedAt) },
  ];
}

function lasted(ms: number): string {
  return ms < 0 ? "before the start: one of the times is wrong" : span(ms);
}

export const FIELD_WORD: Readonly<Record<ToldField, string>> = {
  service: "service",
  title: "title",
  url: "address",
  severity: "severity",
  startedAt: "start",
  detectedAt: "detection",
  mitigatedAt: "mitigation",
  resolvedAt: "resolution",
  incidentClass: "class",
};

/** Why it is not known what an incident cost: its first minutes are yet to be measured, or were not. */
export function unmeasuredWords({ to }: Pick<BudgetCost, "to">, startedAt: number): string {
  return to <= startedAt ? "not measured yet" : "not measured then";
}

/** "1 bad event", "31,870 bad events". */
export function badWords({ unit }: Pick<BudgetCost, "unit">, bad: number): string {
  const text = count(bad);
  return `${text} bad ${text === "1" ? unit.slice(0, -1) : unit}`;
}

import { timeIn } from "#components/dora/time-in.ts";
import type { Span } from "#lib/dora/calendar.ts";
import type { ExclusionReason } from "#lib/dora/exclusion.ts";
import type { DeploymentSource } from "#lib/dora/facts.ts";
import type { Cadence } from "#lib/dora/frequency.ts";
import type { Level, NoLevel } from "#lib/dora/level.ts";
import type { Absence, Flag, SourceNote } from "#lib/dora/metric.ts";
import type { MetricName } from "#lib/dora/report.ts";
import type { Stage } from "#lib/dora/stages.ts";

export const METRIC_WORD: Readonly<Record<MetricName, string>> = {
  deploymentFrequency: "Deployment frequency",
  leadTime: "Lead time for changes",
  changeFailureRate: "Change failure rate",
  recoveryTime: "Failed deployment recovery time",
  reworkRate: "Deployment rework rate",
};

/** How each number is made, so that it can be made again from its rows. */
export const FORMULA: Readonly<Record<MetricName, string>> = {
  deploymentFrequency:
    "Successful production deployments that finished in the range, each counted once; per day, by the days that have been.",
  leadTime:
    "For each change: from its first commit, by the time at which it was authored, to the end of the deployment with which it first reached production. The median of all changes; its stages sum to the lead time of each.",
  changeFailureRate:
    "Failed deployments by all deployments of services whose incidents are known. A deployment failed when an incident is attributed to it, when it was rolled back, reverted or hotfixed, or when a person marked it so.",
  recoveryTime:
    "For each failed deployment: from its end until its incidents were resolved, else its burn alert cleared, else the deployment that mended it finished. The median; what is still open counts with its length so far.",
  reworkRate:
    "Deployments that nobody planned (rollbacks, reverts, hotfixes, remediations of incidents) by all deployments.",
};

export const ABSENCE_WORD: Readonly<Record<Absence, string>> = {
  "no-deployments": "No deployment in this range.",
  "first-deployment":
    "The first deployment brings all of history, which has no lead time. The next one has.",
  "no-incident-source": "Nothing tells us of incidents, so failures are not known.",
  "not-synced": "This range has not been read yet.",
  "commits-not-told":
    "The pipelines that handed these deployments in did not tell which commits they brought.",
};

/** Why there is no number although nothing is missing. */
const NONE_WORD: Readonly<Partial<Record<Flag, string>>> = {
  "no-failures": "No deployment failed.",
  "no-changes": "No deployment brought a change that counts.",
  "no-incidents": "No incident in this range.",
};

export const FLAG_WORD: Readonly<Partial<Record<Flag, string>>> = {
  "too-few": "too few to tell: under 10",
  "at-least": "still growing",
  pooled: "pooled",
  "partly-synced": "not all read yet",
  "no-incident-source": "incidents not all known",
};

export const FLAG_MEANING: Readonly<Partial<Record<Flag, string>>> = {
  "too-few": "Under 10 are behind it: the number stays, a level is not given.",
  "at-least": "Something behind it is still open and may raise it: a lower bound.",
  pooled: "Taken over the deployments of several services at once; the table has each for itself.",
  "partly-synced": "Facts of a part of the range are missing: the number covers the rest alone.",
  "no-incident-source": "Incidents of some services are not known: what they would add is missing.",
};

export const STAGE_WORD: Readonly<Record<Stage, string>> = {
  coding: "coding",
  pickup: "waiting for review",
  review: "review",
  waiting: "waiting to deploy",
  deploying: "deploying",
};

export const EXCLUSION_WORD: Readonly<Record<ExclusionReason, string>> = {
  "never-succeeded": "It failed before it reached users",
  unfinished: "It has not ended",
  "other-source": "Another source tells of the service’s deployments",
  "same-deployment": "A job of a deployment that is counted",
  redeploy: "The same version again within an hour",
  "incidents-unknown": "Of a service of whose incidents nothing is known",
  "first-deployment": "The first deployment: there is nothing to compare it with",
  "long-gap": "More than 60 days after the deployment before",
  "incomplete-walk": "The way back to the version before was not found",
  "commits-unknown": "Its commits have not been read",
  "commits-not-told": "Its pipeline did not tell which commits it brought",
  "change-unknown": "Commits that belong to no change we know",
  bot: "Written by a bot",
  "clock-skew": "Authored after it was deployed: a clock was wrong",
  "restored-before-deployed": "Restored before it was deployed: the times contradict each other",
  "not-detected": "The time of its detection is not known",
  "times-disordered": "Its times contradict each other",
};

const SOURCE_WORD: Readonly<Record<DeploymentSource, string>> = {
  api: "our API",
  deployment: "GitHub deployments",
  release: "releases",
  tag: "tags",
  workflow: "workflow runs",
  merge: "merges",
};

export const CADENCE_WORD: Readonly<Record<Cadence, string>> = {
  daily: "usually on three days of a week or more",
  weekly: "usually each week",
  monthly: "usually each month",
  less: "less than each month",
};

/** Why there is no number, in a sentence; null when there is one. */
export function absenceWords({
  value,
  reason,
  flags,
}: {
  readonly value: number | null;
  readonly reason?: Absence;
  readonly flags: readonly Flag[];
}): string | null {
  if (value !== null) return null;
  if (reason) return ABSENCE_WORD[reason];
  return flags.map((flag) => NONE_WORD[flag]).find((word) => word !== undefined) ?? "Not known.";
}

/** "From GitHub deployments, high confidence". */
export function sourceWords({ names, confidence }: SourceNote): string {
  if (names.length === 0 || confidence === null) return "There is nothing to learn it from";
  return `From ${names.map((name) => SOURCE_WORD[name]).join(", ")}, ${confidence} confidence`;
}

/** What to know before trusting a number, in a few words; null for what is said elsewhere. */
export function flagWords(
  flag: Flag,
  { known, zone }: { readonly known?: Span | undefined; readonly zone: string },
): string | null {
  if (flag !== "partly-synced" || !known) return FLAG_WORD[flag] ?? null;
  return `known ${timeIn(known.from, zone)} to ${timeIn(known.to, zone)} only`;
}

const NO_LEVEL: Readonly<Record<NoLevel, string>> = {
  "no-value": "no level without a number",
  "partly-synced": "no level while facts of the range are missing",
  pooled: "no level of several services together",
  "too-short": "no level without a whole week to tell by",
  "too-few": "no level below 10 deployments",
  "still-open": "no level while a failure is open",
  "not-published": "no levels were published",
};

/** "High: 1 day to 1 week (2024)"; several clusters where they published the same. */
export function levelWords(level: Level | null): string {
  if (level === null) return "no level was ever published for it";
  if (level.state === "none") return `${NO_LEVEL[level.reason]} (${level.year})`;
  const names = level.clusters.join(" or ");
  const near = level.match === "nearest" ? "nearest to " : "";
  return `${near}${names}: ${level.published}`;
}

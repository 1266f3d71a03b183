import type { DeploymentView, Outcome } from "#components/deployments/view.ts";
import { EXCLUSION_WORD } from "#components/dora/words.ts";
import type { AttributionMethod } from "#lib/dora/attribution.ts";
import type { Restoration } from "#lib/dora/restoration.ts";
import type { Failure } from "#lib/dora/verdict.ts";
import { count, span } from "#lib/format/numbers.ts";

export const OUTCOME_WORD: Readonly<Record<Outcome, string>> = {
  fine: "Fine",
  failed: "Failed",
  "never-reached": "Never reached users",
  running: "Running",
};

export const METHOD_WORD: Readonly<Record<AttributionMethod, string>> = {
  hand: "a person said so",
  explicit: "the incident names it",
  remediation: "what mended the incident mends it",
  "burn-alert": "a burn alert began within 2 h after it",
  "last-deployment": "the last deployment within 24 h before the incident",
  unattributed: "nothing ties it",
};

export const FAILURE_WORD: Readonly<Record<Failure["method"], string>> = {
  hand: "A person marked it as failed",
  incident: "An incident is attributed to it",
  rollback: "It was rolled back",
  revert: "A change of it was reverted",
  hotfix: "A hotfix followed",
};

export const REWORK_WORD = {
  rollback: "a rollback",
  revert: "a revert",
  hotfix: "a hotfix",
  incident: "the remediation of an incident",
} as const;

const RESTORED_BY: Readonly<Record<NonNullable<Restoration["by"]>, string>> = {
  incident: "the last of its incidents was resolved",
  "burn-alert": "the last burn alert cleared",
  deployment: "the deployment that mended it finished",
};

/** What is held of it, in a sentence. */
export function verdictWords(view: DeploymentView, now: number): string {
  const { uncounted, outcome, isRework } = view;
  if (uncounted === "not-production") {
    return "It is none to production, so no metric counts it.";
  }
  if (uncounted !== null) return `${EXCLUSION_WORD[uncounted]}, so no metric counts it.`;
  const rework = isRework ? " It was rework: nobody had planned it." : "";
  if (outcome !== "failed") return `It did not fail, as far as is known.${rework}`;
  return `It failed; ${restorationWords(view, now)}.${rework}`;
}

function restorationWords({ restoration, finishedAt }: DeploymentView, now: number): string {
  if (!restoration || finishedAt === null) return "when it was restored is not known";
  const { at, by } = restoration;
  if (at === null || by === null) {
    return `it is not restored yet, after ${span(Math.max(0, now - finishedAt))}`;
  }
  if (at <= finishedAt) {
    return `${RESTORED_BY[by]} before it was deployed, so there is no recovery time`;
  }
  return `after ${span(at - finishedAt)} ${RESTORED_BY[by]}`;
}

/** What it brought, in a sentence. */
export function shippedWords({ shipped, gaps, previous }: DeploymentView): string {
  if (gaps.some(({ reason }) => reason === "commits-unknown")) {
    return "Its commits have not been read.";
  }
  const changes = shipped.length === 1 ? "1 change" : `${count(shipped.length)} changes`;
  const since = previous ? ` since ${previous.title}` : "";
  return shipped.length === 0 ? `It brought no change${since}.` : `It brought ${changes}${since}.`;
}

import type { Exclusion } from "#lib/dora/exclusion.ts";
import type { DeploymentRecord } from "#lib/dora/facts.ts";
import { type Outcome, outcomeOf } from "#lib/dora/outcome.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** One attempt to deploy a version, be it made by one job or by several of a matrix. Epoch ms. */
export interface Attempt {
  /** The record that succeeded first, else the first. */
  readonly record: DeploymentRecord;
  readonly recordIds: readonly string[];
  readonly version: string;
  readonly createdAt: number;
  /** The first success of any job; null when none succeeded. */
  readonly finishedAt: number | null;
  readonly excluded: readonly Exclusion[];
}

/** Jobs of one workflow start within so long of the first. */
const MATRIX_MS = 10 * MINUTE;

/**
 * Records in any order as attempts: those of one service, environment and sha whose jobs were created
 * within 10 min of the first are one attempt. Records without a sha go by their ref, else alone.
 * @example attemptsOf(fourJobsOfOneSha).length // 1
 */
export function attemptsOf(records: readonly DeploymentRecord[]): Attempt[] {
  const keyed = Map.groupBy(
    records,
    (record) => `${record.service}\n${record.environment}\n${versionOf(record)}`,
  );
  return [...keyed.values()].flatMap((same) => inBursts(same).map(attempt));
}

function versionOf({ sha, ref, id }: DeploymentRecord): string {
  return sha ?? ref ?? id;
}

function inBursts(records: readonly DeploymentRecord[]): DeploymentRecord[][] {
  const ordered = [...records].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const bursts: DeploymentRecord[][] = [];
  for (const record of ordered) {
    const burst = bursts.at(-1);
    const since = burst?.[0]?.createdAt ?? Number.NEGATIVE_INFINITY;
    if (burst && record.createdAt - since <= MATRIX_MS) burst.push(record);
    else bursts.push([record]);
  }
  return bursts;
}

function attempt(jobs: readonly DeploymentRecord[]): Attempt {
  const judged = jobs.map((record) => ({ record, outcome: outcomeOf(record.statuses) }));
  const best = judged.reduce((a, b) => (finishOf(b.outcome) < finishOf(a.outcome) ? b : a));
  const { record, outcome } = best;
  return {
    record,
    recordIds: jobs.map(({ id }) => id),
    version: versionOf(record),
    createdAt: Math.min(...jobs.map(({ createdAt }) => createdAt)),
    finishedAt: outcome.state === "succeeded" ? outcome.finishedAt : null,
    excluded: outcome.state === "succeeded" ? merged(jobs, record) : neverFinished(judged),
  };
}

function finishOf(outcome: Outcome): number {
  return outcome.state === "succeeded" ? outcome.finishedAt : Number.POSITIVE_INFINITY;
}

function merged(jobs: readonly DeploymentRecord[], kept: DeploymentRecord): Exclusion[] {
  return jobs.filter(({ id }) => id !== kept.id).map((job) => exclusion(job, "same-deployment"));
}

/** A pipeline that failed never reached users: it is counted apart, once per attempt. */
function neverFinished(
  judged: readonly { readonly record: DeploymentRecord; readonly outcome: Outcome }[],
): Exclusion[] {
  const failed = judged.some(({ outcome }) => outcome.state === "failed");
  const first = judged[0];
  return first ? [exclusion(first.record, failed ? "never-succeeded" : "unfinished")] : [];
}

function exclusion(
  { id, service, createdAt }: DeploymentRecord,
  reason: Exclusion["reason"],
): Exclusion {
  return { reason, id, service, at: createdAt, n: 1 };
}

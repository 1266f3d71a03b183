import type { Exclusion } from "#lib/dora/exclusion.ts";
import type { DeploymentRecord } from "#lib/dora/facts.ts";
import { type Outcome, outcomeOf } from "#lib/dora/outcome.ts";
import { isVersion } from "#lib/dora/version.ts";
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
 * Records in any order as attempts: those of one service, environment and version whose jobs were
 * created within 10 min of the first are one attempt, unless another version had reached users in
 * between: then it is a return to the first. Records that name no version stand alone.
 * @example attemptsOf(fourJobsOfOneSha).length // 1
 */
export function attemptsOf(records: readonly DeploymentRecord[]): Attempt[] {
  const places = Map.groupBy(records, (record) => `${record.service}\n${record.environment}`);
  return [...places.values()].flatMap((some) => {
    const place = some.toSorted(inOrder);
    const indexes = new Map(place.map(({ id }, i) => [id, i]));
    const isReturn = returns(place, ({ id }) => indexes.get(id) ?? 0);
    const versions = Map.groupBy(place, versionOf);
    return [...versions.values()].flatMap((same) => inBursts(same, isReturn).map(attempt));
  });
}

function inOrder(a: DeploymentRecord, b: DeploymentRecord): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

function versionOf(record: DeploymentRecord): string {
  const { sha, ref, id } = record;
  return sha ?? (ref !== null && isVersion(record, ref) ? ref : id);
}

type Burst = readonly DeploymentRecord[];
type IsReturn = (record: DeploymentRecord, burst: Burst) => boolean;

/** Records of one version, ascending. */
function inBursts(records: readonly DeploymentRecord[], isReturn: IsReturn): Burst[] {
  const bursts: DeploymentRecord[][] = [];
  for (const record of records) {
    const burst = bursts.at(-1);
    const since = burst?.[0]?.createdAt ?? Number.NEGATIVE_INFINITY;
    const isNear = record.createdAt - since <= MATRIX_MS;
    if (burst && isNear && !isReturn(record, burst)) burst.push(record);
    else bursts.push([record]);
  }
  return bursts;
}

/**
 * Whether another version was begun after the burst had succeeded, and had succeeded itself when the
 * record was created. `place` ascends; only the minutes of a matrix are looked at.
 */
function returns(
  place: readonly DeploymentRecord[],
  indexOf: (record: DeploymentRecord) => number,
): IsReturn {
  return (record, burst) => {
    const done = Math.min(...burst.map(doneAt));
    const version = versionOf(record);
    for (let i = indexOf(record) - 1; i >= 0; i--) {
      const other = place[i];
      if (!other || other.createdAt < done) return false;
      if (versionOf(other) !== version && doneAt(other) <= record.createdAt) return true;
    }
    return false;
  };
}

function doneAt({ statuses }: DeploymentRecord): number {
  return finishOf(outcomeOf(statuses));
}

function attempt(jobs: Burst): Attempt {
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

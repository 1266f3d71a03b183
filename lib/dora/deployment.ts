import { isProduction, type ProductionRule } from "#lib/dora/environment.ts";
import type { Exclusion } from "#lib/dora/exclusion.ts";
import type { DeploymentRecord, DeploymentSource } from "#lib/dora/facts.ts";
import { type Attempt, attemptsOf } from "#lib/dora/matrix.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** A successful production deployment: matrix jobs and redeploys made one. Times are epoch ms. */
export interface Deployment {
  /** Of the record that succeeded first. */
  readonly id: string;
  readonly recordIds: readonly string[];
  readonly service: string;
  readonly environment: string;
  readonly sha: string | null;
  readonly ref: string | null;
  /** What tells one version from another: the sha, else the ref where it is no branch, else the id. */
  readonly version: string;
  readonly createdAt: number;
  readonly finishedAt: number;
  readonly source: DeploymentSource;
  readonly url: string | null;
  readonly creator: string | null;
}

export interface Deployments {
  /** Ascending by the time at which they finished. */
  readonly deployments: readonly Deployment[];
  readonly excluded: readonly Exclusion[];
}

interface DeploymentRules {
  readonly production: ProductionRule;
  /** By service; without one, all that tell of it count. */
  readonly sources?: ReadonlyMap<string, DeploymentSource>;
}

/** So long after a deployment, the same version again is the same deployment. */
const REDEPLOY_MS = 60 * MINUTE;

/**
 * The successful production deployments among records in any order. Jobs of one sha within 10 min are
 * one, and so are redeploys of a sha within 60 min when no other came between in that environment. Of a
 * service with a settled source, what others tell is left out.
 * @example deploymentsOf(records, { production: DEFAULT_PRODUCTION }).deployments.length // 1
 */
export function deploymentsOf(
  records: readonly DeploymentRecord[],
  { production, sources }: DeploymentRules,
): Deployments {
  const inProduction = records.filter((record) => isProduction(record, production));
  const isOther = ({ service, source }: DeploymentRecord) =>
    (sources?.get(service) ?? source) !== source;
  const attempts = attemptsOf(inProduction.filter((record) => !isOther(record)));
  const excluded = [
    ...inProduction.filter(isOther).map(fromElsewhere),
    ...attempts.flatMap(({ excluded: left }) => left),
  ];
  const done = attempts.flatMap(succeeded).sort(byFinish);
  const kept: Deployment[] = [];
  for (const sequence of Map.groupBy(done, sequenceOf).values()) {
    const { deployments, repeats } = withoutRedeploys(sequence);
    kept.push(...deployments);
    excluded.push(...repeats);
  }
  return { deployments: kept.sort(byFinish), excluded };
}

function fromElsewhere({ id, service, createdAt }: DeploymentRecord): Exclusion {
  return { reason: "other-source", id, service, at: createdAt, n: 1 };
}

/**
 * The sequence that a deployment belongs to: versions follow each other per service and environment.
 * @example sequenceOf({ service: "shop", environment: "production" })
 */
export function sequenceOf(at: Pick<Deployment, "service" | "environment">): string {
  return `${at.service}\n${at.environment}`;
}

/** By time; the id decides between equals, so that the order of arrival never does. */
function byFinish(a: Deployment, b: Deployment): number {
  return a.finishedAt - b.finishedAt || (a.id < b.id ? -1 : 1);
}

function succeeded({ record, recordIds, version, createdAt, finishedAt }: Attempt): Deployment[] {
  if (finishedAt === null) return [];
  const { id, service, environment, sha, ref, source, url, creator } = record;
  const named = { id, service, environment, sha, ref, source, url, creator };
  return [{ ...named, recordIds, version, createdAt, finishedAt }];
}

function withoutRedeploys(sequence: readonly Deployment[]) {
  const deployments: Deployment[] = [];
  const repeats: Exclusion[] = [];
  for (const next of sequence) {
    const last = deployments.at(-1);
    if (last && isRedeploy(last, next)) {
      deployments[deployments.length - 1] = {
        ...last,
        recordIds: [...last.recordIds, ...next.recordIds],
      };
      const { id, service, finishedAt } = next;
      repeats.push({ reason: "redeploy", id, service, at: finishedAt, n: 1 });
    } else deployments.push(next);
  }
  return { deployments, repeats };
}

function isRedeploy(last: Deployment, next: Deployment): boolean {
  return last.version === next.version && next.finishedAt - last.finishedAt <= REDEPLOY_MS;
}

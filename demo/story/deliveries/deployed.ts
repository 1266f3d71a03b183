import { deploy, release, runWorkflow, tag } from "#demo/github/build.ts";
import type { Repository } from "#demo/github/world.ts";
import type { Deliverer } from "#demo/story/deliveries/deliverer.ts";
import type { Deploy, Rollback } from "#demo/story/deliveries/event.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** What runs in production of one service. */
export interface Production {
  readonly deliverer: Deliverer;
  /** What ran, oldest first. */
  readonly shas: string[];
}

const DEPLOYING_MS = 3 * MINUTE;
/** As long as the stand-in says that a run lasts. */
const RUNNING_MS = 4 * MINUTE;

export function productionOf(sharing: readonly Deliverer[]): Map<string, Production> {
  return new Map(sharing.map((deliverer) => [deliverer.service, { deliverer, shas: [] }]));
}

/** Tells of a deployment as the service's repository would. */
export function deployed(
  repository: Repository,
  { deliverer, shas }: Production,
  event: Deploy | Rollback,
): void {
  const sha = event.kind === "rollback" ? shas.at(-2) : repository.head;
  if (!sha) return;
  const succeeds = event.kind === "rollback" || event.succeeds;
  if (succeeds) shas.push(sha);
  TELLS[deliverer.by](repository, { deliverer, sha, at: event.at, succeeds, n: shas.length });
}

interface Told {
  readonly deliverer: Deliverer;
  readonly sha: string;
  readonly at: number;
  readonly succeeds: boolean;
  /** So many versions there have been. */
  readonly n: number;
}

type Tell = (repository: Repository, told: Told) => void;

const TELLS: Readonly<Record<Deliverer["by"], Tell>> = {
  deployment(repository, { deliverer, sha, at, succeeds }) {
    const createdAt = at - DEPLOYING_MS;
    const statuses = [
      { state: "IN_PROGRESS", at: createdAt + 10_000 },
      { state: succeeds ? "SUCCESS" : "FAILURE", at },
    ];
    deploy(repository, { sha, at: createdAt, environment: deliverer.environment, statuses });
  },
  release(repository, { sha, at, succeeds, n }) {
    if (succeeds) release(repository, { tag: `v4.${n}.0`, sha, at });
  },
  tag(repository, { sha, at, succeeds, n }) {
    if (succeeds) tag(repository, `v2.${n}.0`, { sha, taggedAt: at });
  },
  workflow(repository, { deliverer, sha, at, succeeds }) {
    const conclusion = succeeds ? "success" : "failure";
    runWorkflow(repository, {
      workflow: deliverer.environment,
      sha,
      at: at - RUNNING_MS,
      conclusion,
    });
  },
  /** Who merges has deployed. */
  merge() {},
};

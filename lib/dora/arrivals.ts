import { type ChangeIndex, changeOf } from "#lib/dora/changes.ts";
import type { Deployment } from "#lib/dora/deployment.ts";
import type { Exclusion, ExclusionReason } from "#lib/dora/exclusion.ts";
import type { Change } from "#lib/dora/facts.ts";
import type { Cargo } from "#lib/dora/shipped.ts";
import { type Stages, stagesOf } from "#lib/dora/stages.ts";
import { isSkewed, startOf } from "#lib/dora/start.ts";
import { DAY } from "#lib/time/duration.ts";

/** A change and the deployment with which it first reached production. */
export interface Landing {
  readonly change: Change;
  readonly deployment: Deployment;
}

/** A landing that has a lead time. Epoch ms and ms. */
export interface Arrival extends Landing {
  readonly startedAt: number;
  readonly leadTimeMs: number;
  readonly stages: Stages;
  readonly confidence: "high" | "low";
}

export interface Arrivals {
  /** All of them, with a lead time or without, in the order of their deployments. */
  readonly landings: readonly Landing[];
  readonly arrivals: readonly Arrival[];
  readonly excluded: readonly Exclusion[];
}

export interface ArrivalsInput {
  /** Ascending by the time at which they finished. */
  readonly deployments: readonly Deployment[];
  readonly previous: ReadonlyMap<string, Deployment>;
  readonly cargo: ReadonlyMap<string, Cargo>;
  readonly index: ChangeIndex;
  /** Leaves changes of bots out of lead times, and lists them. */
  readonly excludeBots: boolean;
}

/** After so long without a deployment, lead times tell of the pause and not of the work. */
const LONG_GAP_MS = 60 * DAY;

/**
 * Which changes each deployment brought to production for the first time, and their lead times. A
 * change lands once per service; what has no lead time is listed with the reason.
 * @example arrivalsOf(input).arrivals[0]?.leadTimeMs // 86_400_000
 */
export function arrivalsOf(input: ArrivalsInput): Arrivals {
  const landed = new Map<string, Set<string>>();
  const result = {
    landings: [] as Landing[],
    arrivals: [] as Arrival[],
    excluded: [] as Exclusion[],
  };
  for (const deployment of input.deployments) {
    const seen = landed.get(deployment.service) ?? new Set<string>();
    landed.set(deployment.service, seen);
    const cargo = input.cargo.get(deployment.id) ?? null;
    const { changes, unknown } = unload(cargo, { index: input.index, seen, deployment });
    for (const change of changes) result.landings.push({ change, deployment });
    if (unknown > 0) result.excluded.push(whole(deployment, "change-unknown", unknown));
    const reason = wholeReason(deployment, cargo, input.previous.get(deployment.id) ?? null);
    if (reason) result.excluded.push(...listed(deployment, reason, changes.length));
    else judgeAll({ deployment, changes, cargo, excludeBots: input.excludeBots }, result);
  }
  return result;
}

interface Unloading {
  readonly index: ChangeIndex;
  readonly seen: Set<string>;
  readonly deployment: Deployment;
}

/** The changes that were not there before, and how many commits belong to no change that is known. */
function unload(cargo: Cargo | null, { index, seen, deployment }: Unloading) {
  const changes: Change[] = [];
  let unknown = 0;
  for (const sha of cargo?.shas ?? []) {
    const change = changeOf(index, sha, deployment.service);
    if (!change && !index.byCommitSha.has(sha)) unknown++;
    if (!change || seen.has(change.id)) continue;
    seen.add(change.id);
    changes.push(change);
  }
  return { changes, unknown };
}

function wholeReason(
  { finishedAt, source }: Deployment,
  cargo: Cargo | null,
  previous: Deployment | null,
): ExclusionReason | null {
  // The one before may be older than what was given.
  if (!previous && !cargo?.hasPrevious) return "first-deployment";
  if (!cargo) return source === "api" ? "commits-not-told" : "commits-unknown";
  if (!cargo.complete) return "incomplete-walk";
  return previous && finishedAt - previous.finishedAt > LONG_GAP_MS ? "long-gap" : null;
}

function whole({ id, service, finishedAt }: Deployment, reason: ExclusionReason, n: number) {
  return { reason, id, service, at: finishedAt, n };
}

/** A long gap before a deployment that brought nothing leaves nothing out. */
function listed(deployment: Deployment, reason: ExclusionReason, n: number): Exclusion[] {
  return reason === "long-gap" && n === 0 ? [] : [whole(deployment, reason, n)];
}

interface Load {
  readonly deployment: Deployment;
  readonly changes: readonly Change[];
  readonly cargo: Cargo | null;
  readonly excludeBots: boolean;
}

function judgeAll(
  { deployment, changes, cargo, excludeBots }: Load,
  result: { readonly arrivals: Arrival[]; readonly excluded: Exclusion[] },
): void {
  for (const change of changes) {
    const reason = ownReason(change, deployment, excludeBots);
    const { service, finishedAt: at } = deployment;
    if (reason) result.excluded.push({ reason, id: change.id, service, at, n: 1 });
    else result.arrivals.push(arrival(change, deployment, cargo?.confidence ?? "low"));
  }
}

function ownReason(
  change: Change,
  { finishedAt }: Deployment,
  excludeBots: boolean,
): ExclusionReason | null {
  if (excludeBots && change.bot) return "bot";
  return isSkewed(change, finishedAt) ? "clock-skew" : null;
}

function arrival(
  change: Change,
  deployment: Deployment,
  confidence: Arrival["confidence"],
): Arrival {
  const startedAt = startOf(change);
  const { createdAt, finishedAt } = deployment;
  const stages = stagesOf({ startedAt, change, createdAt, finishedAt });
  const leadTimeMs = finishedAt - startedAt;
  return { change, deployment, startedAt, leadTimeMs, stages, confidence };
}

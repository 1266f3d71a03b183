import type { Change, ChangeCommit, DeploymentRecord, DeploymentStatus } from "#lib/dora/facts.ts";

/** How a deployment stands, as its own pipeline tells it. */
export type PostedStatus = "in_progress" | "success" | "failure";

/** One message of a pipeline about a deployment; null is what it does not say. Epoch ms. */
export interface PostedDeployment {
  readonly id: string;
  readonly service: string;
  readonly environment: string;
  readonly sha: string | null;
  readonly ref: string | null;
  readonly status: PostedStatus;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly url: string | null;
  readonly creator: string | null;
}

/**
 * The record that a message adds up to, with what was known `before`, when it was received (epoch ms).
 * A status without a time of its own happened when it was first received: told again, it adds nothing.
 * A time that is told corrects the one that was told before.
 * @example recordOf(message, null, Date.now()).statuses // [{ state: "success", at: 1_767_225_600_000 }]
 */
export function recordOf(
  message: PostedDeployment,
  before: DeploymentRecord | null,
  receivedAt: number,
): DeploymentRecord {
  const { status: _, startedAt, finishedAt, ...told } = message;
  return {
    ...told,
    sha: message.sha ?? before?.sha ?? null,
    ref: message.ref ?? before?.ref ?? null,
    url: message.url ?? before?.url ?? null,
    creator: before?.creator ?? message.creator,
    createdAt: startedAt ?? begunBy(finishedAt, before?.createdAt ?? null) ?? receivedAt,
    statuses: statusesOf(message, before?.statuses ?? [], receivedAt),
    source: "api",
  };
}

/** What has finished had begun. */
function begunBy(finishedAt: number | null, before: number | null): number | null {
  if (finishedAt === null || before === null) return before ?? finishedAt;
  return Math.min(before, finishedAt);
}

function statusesOf(
  { status: state, startedAt, finishedAt }: PostedDeployment,
  before: readonly DeploymentStatus[],
  receivedAt: number,
): DeploymentStatus[] {
  const began = { state: "in_progress" satisfies PostedStatus, at: startedAt };
  const told = { state, at: state === "in_progress" ? startedAt : finishedAt };
  const isKnown = before.some((status) => status.state === state);
  const said = [began, told.at === null && !isKnown ? { state, at: receivedAt } : told];
  const news = new Map(
    said.flatMap(({ state, at }) => (at === null ? [] : [[state, at] as const])),
  );
  const kept = before.filter((status) => !news.has(status.state));
  return [...kept, ...[...news].map(([state, at]) => ({ state, at }))].sort(
    (a, b) => a.at - b.at || (a.state < b.state ? -1 : 1),
  );
}

/**
 * A commit that a pipeline names as a change of its service. When it was merged is not told, so its
 * lead time has no time of waiting (`isMergeTold`).
 * @example commitChange({ service: "checkout", repository: "myorg/checkout" }, commit).id // "commit:checkout:dc16c5b…"
 */
export function commitChange(
  { service, repository }: { readonly service: string; readonly repository: string },
  { sha, authoredAt }: ChangeCommit,
): Change {
  return {
    id: `commit:${service}:${sha}`,
    repository,
    number: null,
    title: `Commit ${sha.slice(0, 7)}`,
    url: null,
    author: null,
    bot: false,
    labels: [],
    commits: [{ sha, authoredAt }],
    mergeShas: [sha],
    openedAt: null,
    readyAt: null,
    firstReviewAt: null,
    mergedAt: authoredAt,
    reverts: null,
  };
}

/**
 * The service whose pipeline named a change: it says nothing of that commit to other services. Null for
 * what a repository told.
 * @example serviceOfChange("commit:checkout:dc16c5b") // "checkout"
 */
export function serviceOfChange(id: string): string | null {
  return /^commit:(.+):[^:]*$/.exec(id)?.[1] ?? null;
}

/**
 * Whether it is known when a change was merged: of what a pipeline names it is not.
 * @example isMergeTold({ id: "pr:R_1#41" }) // true
 */
export function isMergeTold({ id }: Pick<Change, "id">): boolean {
  return serviceOfChange(id) === null;
}

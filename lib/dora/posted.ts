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
    creator: before?.creator ?? message.creator,
    createdAt: startedAt ?? finishedAt ?? before?.createdAt ?? receivedAt,
    statuses: statusesOf(message, before?.statuses ?? [], receivedAt),
    source: "api",
  };
}

function statusesOf(
  { status: state, startedAt, finishedAt }: PostedDeployment,
  before: readonly DeploymentStatus[],
  receivedAt: number,
): DeploymentStatus[] {
  const started =
    startedAt === null ? [] : [{ state: "in_progress" satisfies PostedStatus, at: startedAt }];
  const at = state === "in_progress" ? startedAt : finishedAt;
  if (at !== null) return [...started, { state, at }];
  const isKnown = before.some((status) => status.state === state);
  return isKnown ? started : [...started, { state, at: receivedAt }];
}

/**
 * A commit that a pipeline names as a change of its own. When it was merged is not told: it counts as
 * merged when it was authored.
 * @example commitChange("myorg/checkout", { sha: "dc16c5b…", authoredAt: 0 }).id // "commit:dc16c5b…"
 */
export function commitChange(repository: string, commit: ChangeCommit): Change {
  const { sha, authoredAt } = commit;
  return {
    id: `commit:${sha}`,
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

import { webhookShape } from "#collectors/github/schema.ts";

/** What GitHub says has happened: a reason to poll now what polling would find anyway. */
export interface WebhookHint {
  readonly repositoryId: string;
  /** `owner/name`, as it is today. */
  readonly fullName: string;
  readonly poll: "deployments" | "pulls" | "incidents" | "releases" | "commits";
}

type Poll = WebhookHint["poll"];

const POLLS = new Map<string, Poll>([
  ["deployment", "deployments"],
  ["deployment_status", "deployments"],
  ["pull_request", "pulls"],
  ["issues", "incidents"],
  ["release", "releases"],
  ["push", "commits"],
  ["workflow_run", "deployments"],
]);

/**
 * Reads one delivery: `event` is its `X-GitHub-Event`. Null = it is nothing to us, such as a pull request
 * that was closed without a merge. A hint carries no facts, so late, doubled and reordered deliveries do
 * no harm.
 */
export function webhookHint(event: string, payload: unknown): WebhookHint | null {
  const poll = POLLS.get(event);
  const parsed = webhookShape.safeParse(payload);
  if (!poll || !parsed.success) return null;
  const { repository, pull_request: pull, ref, action } = parsed.data;
  if (event === "workflow_run" && action !== "completed") return null;
  if (poll === "pulls" && !pull?.merged) return null;
  if (poll === "commits" && ref !== `refs/heads/${repository.default_branch}`) return null;
  return { repositoryId: repository.node_id, fullName: repository.full_name, poll };
}

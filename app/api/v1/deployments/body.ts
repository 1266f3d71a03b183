import { z } from "zod";
import { commitSha, line, link, pastMoment } from "#app/api/v1/ingest.ts";
import type { HandedDeployment } from "#db/writes/receiving.ts";
import { commitChange, type PostedDeployment } from "#lib/dora/posted.ts";

const MOST_COMMITS = 500;

const commit = z.strictObject({ sha: commitSha, authoredAt: pastMoment });

/** What a pipeline hands in about a deployment. */
export const deploymentBody = z
  .strictObject({
    service: line(200).describe("name of the service, as in its SLO documents"),
    environment: line(200).describe("e.g. production; which names are production is configured"),
    status: z.enum(["in_progress", "success", "failure"], {
      error: "must be in_progress, success or failure",
    }),
    id: line(200)
      .describe("the sender's own; messages with the same id are about the same deployment")
      .optional(),
    sha: commitSha.optional(),
    ref: line(250).describe("tag, version or branch").optional(),
    startedAt: pastMoment.optional(),
    finishedAt: pastMoment.optional(),
    url: link.optional(),
    repository: line(200).describe("owner/name").optional(),
    previousSha: commitSha.describe("what was deployed before").optional(),
    commits: z
      .array(commit)
      .max(MOST_COMMITS, `at most ${MOST_COMMITS} commits`)
      .describe("what this deployment brought; lead times come from these")
      .optional(),
  })
  .superRefine(fits);

type Body = z.output<typeof deploymentBody>;

function fits(body: Body, context: z.RefinementCtx): void {
  const { id, sha, ref, status, startedAt, finishedAt } = body;
  const wrong = (field: string, message: string) =>
    context.addIssue({ code: "custom", path: [field], message });
  if (id === undefined && sha === undefined && ref === undefined) {
    wrong("id", "give an id, a sha or a ref, so that the deployment can be told from others");
  }
  if (status === "in_progress" && finishedAt !== undefined) {
    wrong("finishedAt", "what is in progress has not finished; leave it out");
  }
  if (startedAt !== undefined && finishedAt !== undefined && finishedAt < startedAt) {
    wrong("finishedAt", "lies before startedAt");
  }
}

/** The message in our own terms; `from` is who sent it and when (epoch ms). */
export function handedDeployment(
  body: Body,
  from: { readonly team: string | null; readonly creator: string; readonly at: number },
): HandedDeployment {
  const { service, environment, status, commits = [], previousSha = null } = body;
  const message: PostedDeployment = {
    ...{ service, environment, status, creator: from.creator },
    id: `api:${service}:${idOf(body, from.at)}`,
    sha: body.sha ?? null,
    ref: body.ref ?? null,
    startedAt: body.startedAt ?? null,
    finishedAt: body.finishedAt ?? null,
    url: body.url ?? null,
  };
  const shas = commits.map(({ sha }) => sha);
  return {
    message,
    cargo: body.commits ? { previousSha, shas } : null,
    changes: commits.map((one) =>
      commitChange({ service, repository: body.repository ?? service }, one),
    ),
    team: from.team,
  };
}

/** Without an id of the sender's, a deployment is known by what was deployed, where and when. */
function idOf({ id, environment, sha, ref, startedAt, finishedAt }: Body, at: number): string {
  const began = startedAt ?? finishedAt ?? at;
  return id ?? [environment, sha ?? ref, new Date(began).toISOString()].join(":");
}

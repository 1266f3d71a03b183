import { z } from "zod";
import { isoOrNull } from "#app/api/v1/list.ts";
import type { DeploymentRecord } from "#lib/dora/facts.ts";
import { outcomeOf } from "#lib/dora/outcome.ts";

const time = z.iso.datetime().describe("ISO 8601, UTC");

export const deployment = z.strictObject({
  id: z.string(),
  service: z.string(),
  environment: z.string(),
  sha: z.string().nullable(),
  ref: z.string().nullable(),
  state: z
    .enum(["succeeded", "failed", "unfinished"])
    .describe("of the deployment itself: one that caused an incident has succeeded all the same"),
  startedAt: time,
  finishedAt: time.nullable().describe("the first success; null without any"),
  statuses: z.array(z.strictObject({ state: z.string(), at: time })),
  source: z.enum(["api", "deployment", "release", "tag", "workflow", "merge"]),
  url: z.string().nullable(),
  creator: z.string().nullable(),
});

export const deploymentPage = z.strictObject({
  deployments: z.array(deployment),
  next: z.string().nullable().describe("cursor of the following page; null on the last"),
});

export function deploymentAnswer(record: DeploymentRecord): z.infer<typeof deployment> {
  const { createdAt, statuses, ...told } = record;
  const outcome = outcomeOf(statuses);
  const finishedAt = outcome.state === "succeeded" ? outcome.finishedAt : null;
  return {
    ...told,
    state: outcome.state,
    startedAt: new Date(createdAt).toISOString(),
    finishedAt: isoOrNull(finishedAt),
    statuses: statuses.map(({ state, at }) => ({ state, at: new Date(at).toISOString() })),
  };
}

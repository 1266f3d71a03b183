import { z } from "zod";
import { commitSha, line, link, pastMoment } from "#app/api/v1/ingest.ts";
import type { HandedIncident } from "#db/writes/receiving.ts";
import type { IncidentLink } from "#lib/dora/facts.ts";

const taken = <Shape extends z.ZodType>(shape: Shape) => shape.nullable().optional();

/** What a person or program hands in about an incident. */
export const incidentBody = z
  .strictObject({
    id: line(200).describe(
      "the sender's own; messages with the same id are about the same incident",
    ),
    service: line(200).describe("name of the service, as in its SLO documents"),
    title: line(300).describe("needed the first time").optional(),
    severity: z.enum(["SEV1", "SEV2", "SEV3"], { error: "must be SEV1, SEV2 or SEV3" }).optional(),
    startedAt: pastMoment.describe("by default when the first message came").optional(),
    detectedAt: taken(pastMoment),
    mitigatedAt: taken(pastMoment),
    resolvedAt: taken(pastMoment).describe("null: it is open again"),
    url: taken(link),
    class: taken(line(60)).describe("what kind of trouble it was, in your own words"),
    deploymentId: line(500)
      .describe("the deployment that caused it: its id here, or the one given when it was posted")
      .optional(),
    sha: commitSha.describe("the commit that caused it").optional(),
    version: line(250).describe("the version that caused it: the ref of its deployment").optional(),
  })
  .superRefine(({ startedAt, detectedAt, mitigatedAt, resolvedAt }, context) => {
    if (startedAt === undefined) return;
    for (const [field, at] of Object.entries({ detectedAt, mitigatedAt, resolvedAt })) {
      if (typeof at !== "number" || at >= startedAt) continue;
      context.addIssue({ code: "custom", path: [field], message: "lies before startedAt" });
    }
  });

type Body = z.output<typeof incidentBody>;

/** The message in our own terms. */
export function handedIncident(body: Body, team: string | null): HandedIncident {
  const { id, service, deploymentId, sha, version, class: incidentClass, ...told } = body;
  const links = linksOf(service, { deploymentId, sha, version });
  const handed = { ...told, incidentClass, id: `api:${service}:${id}`, service, team };
  return { ...handed, ...(links ? { links } : {}) };
}

type Cause = Pick<Body, "deploymentId" | "sha" | "version">;

/** Undefined when nothing is said of its cause: what was said before stays. */
function linksOf(service: string, cause: Cause): IncidentLink[] | undefined {
  const { deploymentId, sha, version } = cause;
  if ([deploymentId, sha, version].every((one) => one === undefined)) return undefined;
  const method = "explicit" as const;
  const names = [sha, version].flatMap((name) => (name === undefined ? [] : [name]));
  return [
    ...(deploymentId === undefined
      ? []
      : [{ method, deploymentId: ownDeployment(service, deploymentId) }]),
    ...names.map((name) => ({ method, sha: name })),
  ];
}

/** Ids of ours begin with where they come from. */
export function ownDeployment(service: string, id: string): string {
  return /^(api|github):/.test(id) ? id : `api:${service}:${id}`;
}

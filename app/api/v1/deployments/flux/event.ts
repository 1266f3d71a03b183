import { z } from "zod";
import { line, pastMoment } from "#app/api/v1/ingest.ts";
import type { HandedDeployment } from "#db/writes/receiving.ts";
import type { PostedStatus } from "#lib/dora/posted.ts";

/** What Flux's notification-controller sends to a provider of the type `generic`. */
export const fluxEvent = z.looseObject({
  involvedObject: z.looseObject({ kind: z.string(), namespace: line(100), name: line(200) }),
  timestamp: pastMoment,
  reason: z.string(),
  metadata: z.looseObject({ revision: line(250).optional() }).optional(),
});

type FluxEvent = z.output<typeof fluxEvent>;

const STATUSES: Readonly<Record<string, PostedStatus>> = {
  ReconciliationSucceeded: "success",
  InstallSucceeded: "success",
  UpgradeSucceeded: "success",
  RollbackSucceeded: "success",
  ReconciliationFailed: "failure",
  InstallFailed: "failure",
  UpgradeFailed: "failure",
  HealthCheckFailed: "failure",
};

/** The deployment that an event tells of; null for the many that tell of none. */
export function deploymentOf(
  event: FluxEvent,
  to: { readonly service: string; readonly environment: string; readonly creator: string },
): HandedDeployment["message"] | null {
  const status = STATUSES[event.reason];
  const revision = event.metadata?.revision;
  if (!status || !revision) return null;
  const { involvedObject: of, timestamp } = event;
  const name = `${of.kind}/${of.namespace}/${of.name}`;
  const when = new Date(timestamp).toISOString();
  return {
    ...to,
    id: `api:${to.service}:flux:${name}:${revision}:${when}`,
    ...versionOf(revision),
    status,
    startedAt: null,
    finishedAt: timestamp,
    url: null,
  };
}

/** `main@sha1:dc16…` of a Git source; a chart's version or an image's digest else. */
function versionOf(revision: string): { readonly sha: string | null; readonly ref: string } {
  const git = /^(?:(.+)@)?sha1:([0-9a-f]{40})$/i.exec(revision);
  const sha = git?.[2]?.toLowerCase() ?? null;
  return { sha, ref: git ? (git[1] ?? revision) : revision };
}

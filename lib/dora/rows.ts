import type { Row } from "#lib/dora/csv.ts";
import type { Delivery } from "#lib/dora/delivery.ts";
import type { Incident } from "#lib/dora/facts.ts";
import { recoveryOf } from "#lib/dora/recovery.ts";
import type { Selection } from "#lib/dora/selection.ts";
import { STAGES } from "#lib/dora/stages.ts";
import type { Verdict } from "#lib/dora/verdict.ts";

/**
 * The rows behind the metrics, so that each number can be recomputed: frequency counts deployments,
 * both rates are `failed` and `rework` by all, recovery is the median of `recovery_ms`, lead time that
 * of `lead_time_ms`. Times are ISO 8601 in UTC.
 */

export const DEPLOYMENT_COLUMNS: readonly string[] = [
  "id",
  "service",
  "environment",
  "sha",
  "ref",
  "finished_at",
  "previous_id",
  "source",
  "failed",
  "failed_by",
  "rework",
  "rework_kind",
  "restored_at",
  "restored_by",
  "recovery_ms",
  "recovery_open",
  "url",
];

/**
 * One row per deployment of a selection, in the order in which they finished.
 * @example csvOf(DEPLOYMENT_COLUMNS, deploymentRows(selection, delivery.previous))
 */
export function deploymentRows(selection: Selection, previous: Delivery["previous"]): Row[] {
  return selection.verdicts.map((verdict) => ({
    ...identity(verdict, previous),
    failed: verdict.failed,
    failed_by: verdict.failures
      .map(({ method, by }) => (by ? `${method} ${by}` : method))
      .join("; "),
    rework: verdict.isRework,
    rework_kind: [...new Set(verdict.reworks.map(({ kind }) => kind))].join("; "),
    ...recovery(verdict, selection.scope.now),
  }));
}

function identity({ deployment: d }: Verdict, previous: Delivery["previous"]): Row {
  return {
    id: d.id,
    service: d.service,
    environment: d.environment,
    sha: d.sha,
    ref: d.ref,
    finished_at: iso(d.finishedAt),
    previous_id: previous.get(d.id)?.id ?? null,
    source: d.source,
    url: d.url,
  };
}

function recovery(verdict: Verdict, now: number): Row {
  const observation = recoveryOf(verdict, now);
  return {
    restored_at: iso(verdict.restoration?.at ?? null),
    restored_by: verdict.restoration?.by ?? null,
    recovery_ms: observation?.value ?? null,
    recovery_open: observation?.open ?? null,
  };
}

export const CHANGE_COLUMNS: readonly string[] = [
  "id",
  "number",
  "title",
  "author",
  "deployment_id",
  "service",
  "started_at",
  "merged_at",
  "deployed_at",
  "lead_time_ms",
  ...STAGES.map((stage) => `${stage}_ms`),
  "confidence",
  "url",
];

/**
 * One row per change that has a lead time in a selection.
 * @example csvOf(CHANGE_COLUMNS, changeRows(selection))
 */
export function changeRows({ arrivals }: Pick<Selection, "arrivals">): Row[] {
  return arrivals.map(({ change, deployment, startedAt, leadTimeMs, stages, confidence }) => ({
    id: change.id,
    number: change.number,
    title: change.title,
    author: change.author,
    deployment_id: deployment.id,
    service: deployment.service,
    started_at: iso(startedAt),
    merged_at: iso(change.mergedAt),
    deployed_at: iso(deployment.finishedAt),
    lead_time_ms: leadTimeMs,
    ...Object.fromEntries(STAGES.map((stage) => [`${stage}_ms`, stages[stage]])),
    confidence,
    url: change.url,
  }));
}

export const INCIDENT_COLUMNS: readonly string[] = [
  "id",
  "service",
  "title",
  "severity",
  "started_at",
  "detected_at",
  "mitigated_at",
  "resolved_at",
  "deployment_id",
  "method",
  "confidence",
  "url",
];

/**
 * One row per incident that began in a selection's range, with what caused it and how that is known.
 * @example csvOf(INCIDENT_COLUMNS, incidentRows(selection))
 */
export function incidentRows({
  incidents,
  attributions,
}: Pick<Selection, "incidents" | "attributions">): Row[] {
  return incidents.map((incident) => {
    const attribution = attributions.get(incident.id);
    return {
      id: incident.id,
      service: incident.service,
      title: incident.title,
      severity: incident.severity,
      ...timesOf(incident),
      deployment_id: attribution?.deploymentId ?? null,
      method: attribution?.method ?? null,
      confidence: attribution?.confidence ?? null,
      url: incident.url,
    };
  });
}

function timesOf({ startedAt, detectedAt, mitigatedAt, resolvedAt }: Incident): Row {
  return {
    started_at: iso(startedAt),
    detected_at: iso(detectedAt),
    mitigated_at: iso(mitigatedAt),
    resolved_at: iso(resolvedAt),
  };
}

export const EXCLUSION_COLUMNS: readonly string[] = ["reason", "id", "service", "at", "n"];

/**
 * One row per thing that a selection's numbers leave out, with the reason.
 * @example csvOf(EXCLUSION_COLUMNS, exclusionRows(selection))
 */
export function exclusionRows({ excluded }: Pick<Selection, "excluded">): Row[] {
  return excluded.map(({ reason, id, service, at, n }) => ({
    reason,
    id,
    service,
    at: iso(at),
    n,
  }));
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

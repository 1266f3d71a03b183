import type { IncidentNode, LogEntry } from "#collectors/pagerduty/schema.ts";
import type { Incident, Severity } from "#lib/dora/facts.ts";

/** An incident of `service`, as its log tells it; the log may be in any order. */
export function incidentOf(
  service: string,
  node: IncidentNode,
  log: readonly LogEntry[],
): Incident {
  return {
    id: `pagerduty:${node.id}`,
    service,
    title: node.title,
    url: node.html_url,
    severity: severityOf(node),
    startedAt: node.created_at,
    // When somebody noticed is not told: an alert tells of itself.
    detectedAt: null,
    mitigatedAt: null,
    resolvedAt: isOpen(node) ? null : resolvedAt(node, log),
    links: [],
  };
}

/** What we do not know the name of is not over. */
export function isOpen({ status }: IncidentNode): boolean {
  return status !== "resolved";
}

/** The last resolution counts: one before it may have been taken back. */
function resolvedAt(node: IncidentNode, log: readonly LogEntry[]): number {
  const ends = log.filter(({ type }) => type === "resolve_log_entry").map((e) => e.created_at);
  return ends.length > 0 ? Math.max(...ends) : (node.last_status_change_at ?? node.created_at);
}

/** By the priority's name (`P1`, `SEV-2`), else by urgency. */
function severityOf({ priority, urgency }: IncidentNode): Severity {
  const named = /\b(?:sev(?:erity)?[\s:/-]*|p)([1-5])\b/i.exec(priority?.summary ?? "")?.[1];
  if (named === "1") return "SEV1";
  if (named === "2") return "SEV2";
  if (named !== undefined) return "SEV3";
  return urgency === "high" ? "SEV2" : "SEV3";
}

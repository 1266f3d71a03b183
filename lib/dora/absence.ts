import { type Absence, type Flag, flagIf } from "#lib/dora/metric.ts";
import type { ReportScope, Selection } from "#lib/dora/selection.ts";

/**
 * Why nothing can be said of deployments in a range: nothing of it was read, or there were none; null
 * when something can.
 * @example deploymentAbsence(selection) // "no-deployments"
 */
export function deploymentAbsence({ scope, verdicts }: Selection): Absence | null {
  if (verdicts.length > 0) return null;
  return isRead(scope.synced.deployments, scope.from) ? "no-deployments" : "not-synced";
}

/**
 * As `deploymentAbsence`, for what needs incidents too.
 * @example incidentAbsence(selection) // "no-incident-source"
 */
export function incidentAbsence(selection: Selection): Absence | null {
  const { synced, to } = selection.scope;
  if (synced.incidents === "no-source") return "no-incident-source";
  if (synced.incidents === null || synced.incidents >= to) return "not-synced";
  return deploymentAbsence(selection);
}

function isRead(since: number | null, from: number): boolean {
  return since !== null && since <= from;
}

/**
 * Flags a range of which a part has not been read, for the kinds of facts that a number needs.
 * @example syncFlags(scope, ["deployments"]) // ["partly-synced"]
 */
export function syncFlags(
  { synced, from }: ReportScope,
  kinds: readonly (keyof ReportScope["synced"])[],
): Flag[] {
  const isPartial = kinds.some((kind) => {
    const since = synced[kind];
    return since === null || (since !== "no-source" && since > from);
  });
  return flagIf(isPartial, "partly-synced");
}

import type { Span } from "#lib/dora/calendar.ts";
import { type FactKind, knowledgeOf, wantedEnd } from "#lib/dora/knowledge.ts";
import { type Absence, type Flag, flagIf } from "#lib/dora/metric.ts";
import type { SelectedScope, Selection } from "#lib/dora/selection.ts";

/**
 * Why nothing can be said of deployments in a range: not all of it was read, or there were none; null
 * when something can.
 * @example deploymentAbsence(selection) // "no-deployments"
 */
export function deploymentAbsence({ scope, verdicts }: Selection): Absence | null {
  if (verdicts.length > 0) return null;
  return isWhole(scope, "deployments") ? "no-deployments" : "not-synced";
}

/**
 * As `deploymentAbsence`, for what needs incidents too: none of the deployments counts when the
 * incidents of none of their services are known.
 * @example incidentAbsence(selection) // "no-incident-source"
 */
export function incidentAbsence(selection: Selection): Absence | null {
  const { verdicts, scope } = selection;
  const { incidents, blind, through } = scope.synced;
  if (verdicts.some(({ deployment }) => !blind.has(deployment.service))) return null;
  if (verdicts.length > 0) return tellsOfNone(selection) ? "no-incident-source" : "not-synced";
  if (incidents === "no-source") return "no-incident-source";
  if (incidents === null || incidents >= scope.to) return "not-synced";
  return through.incidents <= scope.from ? "not-synced" : deploymentAbsence(selection);
}

function tellsOfNone({ verdicts, scope: { knowledge } }: Selection): boolean {
  return verdicts.every(
    ({ deployment }) => knowledgeOf(knowledge, deployment.service).incidents === "no-source",
  );
}

/**
 * Flags a range of which a part has not been read, for the kinds of facts that a number needs.
 * @example syncFlags(scope, ["deployments"]) // ["partly-synced"]
 */
export function syncFlags(scope: SelectedScope, kinds: readonly FactKind[]): Flag[] {
  return flagIf(!kinds.every((kind) => isWhole(scope, kind)), "partly-synced");
}

/** Whether all facts of a kind are there; what has no source misses none. */
function isWhole(scope: SelectedScope, kind: FactKind): boolean {
  const since = scope.synced[kind];
  if (since === "no-source") return true;
  if (since === null || since > scope.from) return false;
  return scope.synced.through[kind] >= wantedEnd(scope);
}

/**
 * The part of a range (epoch ms) of which all facts of some kinds are there; null when there is none.
 * @example knownPart(scope, ["deployments"]) // { from: scope.from, to: scope.from + 20 * DAY }
 */
export function knownPart(scope: SelectedScope, kinds: readonly FactKind[]): Span | null {
  let [from, to] = [scope.from, Math.min(scope.to, scope.now)];
  for (const kind of kinds) {
    const since = scope.synced[kind];
    if (since === "no-source") continue;
    if (since === null) return null;
    from = Math.max(from, since);
    to = Math.min(to, scope.synced.through[kind]);
  }
  return from < to ? { from, to } : null;
}

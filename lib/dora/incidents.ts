import { syncFlags } from "#lib/dora/absence.ts";
import { type DurationSummary, summarize } from "#lib/dora/durations.ts";
import type { Exclusion, ExclusionReason } from "#lib/dora/exclusion.ts";
import type { Incident } from "#lib/dora/facts.ts";
import { type Absence, flagIf, type Metric } from "#lib/dora/metric.ts";
import type { Selection } from "#lib/dora/selection.ts";

/** Incidents that began in the range, whatever caused them: none of the five metrics. */
export interface IncidentSummary {
  readonly n: number;
  /** No deployment is known to have caused them: counted and shown. */
  readonly unattributed: number;
  /** From the start to its detection. */
  readonly timeToDetect: Metric;
  /** Mean-time-to-restore in its old sense, as a median: from start to resolution, of all incidents. */
  readonly mttrAllIncidents: Metric;
}

/**
 * What the incidents of a range amount to; their times are medians in ms, null without any.
 * @example incidentSummary(selection).unattributed // 2
 */
export function incidentSummary(selection: Selection): IncidentSummary {
  const { incidents, attributions, scope } = selection;
  return {
    n: incidents.length,
    unattributed: incidents.filter(({ id }) => !attributions.get(id)?.deploymentId).length,
    timeToDetect: metric(selection, (incident) => detected(incident)),
    mttrAllIncidents: metric(selection, (incident) => restored(incident, scope.now)),
  };
}

type Timed = { readonly value: number; readonly open: boolean } | ExclusionReason;

function detected({ startedAt, detectedAt }: Incident): Timed {
  if (detectedAt === null) return "not-detected";
  if (detectedAt < startedAt) return "times-disordered";
  return { value: detectedAt - startedAt, open: false };
}

function restored({ startedAt, resolvedAt }: Incident, now: number): Timed {
  const value = (resolvedAt ?? now) - startedAt;
  return value < 0 ? "times-disordered" : { value, open: resolvedAt === null };
}

function metric(selection: Selection, time: (incident: Incident) => Timed): Metric {
  const timed = selection.incidents.map((incident) => ({ incident, time: time(incident) }));
  const kept = timed.flatMap(({ incident, time: t }) =>
    typeof t === "string" ? [] : [{ id: incident.id, ...t }],
  );
  const { flags, ...summary }: DurationSummary = summarize(kept);
  const reason = absence(selection);
  return {
    ...summary,
    ...(reason ? { reason } : {}),
    flags: [
      ...flags,
      ...flagIf(kept.length === 0 && reason === null, "no-incidents"),
      ...syncFlags(selection.scope, ["incidents"]),
    ],
    n: kept.length,
    unit: "ms",
    excluded: timed.flatMap(({ incident, time: t }) =>
      typeof t === "string" ? [exclusion(incident, t)] : [],
    ),
    source: { names: [], confidence: null },
    rows: kept.map(({ id }) => id),
  };
}

function absence({ incidents, scope: { synced, to } }: Selection): Absence | null {
  if (incidents.length > 0) return null;
  if (synced.incidents === "no-source") return "no-incident-source";
  return synced.incidents === null || synced.incidents >= to ? "not-synced" : null;
}

function exclusion({ id, service, startedAt }: Incident, reason: ExclusionReason): Exclusion {
  return { reason, id, service, at: startedAt, n: 1 };
}

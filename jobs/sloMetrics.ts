import type { Db } from "#db/client.ts";
import { readAllStatuses } from "#db/reads/fleet.ts";
import { readSources, type SourceOverview } from "#db/reads/sources.ts";
import { type Gauge, type Sample, writeGauges } from "#lib/format/gauges.ts";
import { presentStatus, STALE_MS } from "#lib/slo/present.ts";
import { SLO_STATES, type SloStatus } from "#lib/slo/status.ts";

/**
 * Each SLO's budget and burn, and each source's health, as they stand in the database at `now` (epoch
 * ms). What is unknown has no sample: a missing line is honest, a zero would not be. Not by
 * OpenTelemetry, whose gauges go on showing the last value of what is no longer observed, and drop
 * what goes beyond 2,000 label sets.
 */
export async function sloMetrics(db: Db, now: number): Promise<string> {
  const statuses = await readAllStatuses(db);
  const sources = await readSources(db);
  return writeGauges([...sloGauges(statuses, now), ...sourceGauges(sources, now)]);
}

function sloGauges(statuses: readonly SloStatus[], now: number): Gauge[] {
  const live = statuses.filter(({ asOf }) => now - Date.parse(asOf) <= STALE_MS);
  const known = live.filter(({ state }) => state !== "unknown");
  return [
    gauge("plimsoll_slo_objective_ratio", "Objective of the SLO", statuses, (s) => s.objective),
    gauge("plimsoll_slo_sli_ratio", "SLI over the SLO's window", known, (s) => s.sli),
    gauge(
      "plimsoll_slo_budget_remaining_ratio",
      "Error budget left, negative when overspent",
      known,
      (s) => s.remaining,
    ),
    gauge(
      "plimsoll_slo_coverage_ratio",
      "Known minutes of the SLO's window that have data",
      live,
      (s) => s.coverage,
    ),
    {
      name: "plimsoll_slo_burn_rate",
      help: "Burn rate over a window; 1 spends the budget exactly",
      samples: live.flatMap(burnSamples),
    },
    {
      name: "plimsoll_slo_state",
      help: "1 for the state the SLO is in",
      samples: statuses.map((s) => presentStatus(s, now)).flatMap(stateSamples),
    },
    gauge(
      "plimsoll_slo_evaluated_timestamp_seconds",
      "End of the newest window that was evaluated, Unix time",
      statuses,
      (s) => Date.parse(s.asOf) / 1000,
    ),
  ];
}

function gauge<S extends SloStatus>(
  name: string,
  help: string,
  statuses: readonly S[],
  read: (status: S) => number | null,
): Gauge {
  return { name, help, samples: statuses.flatMap((s) => sample(labelsOf(s), read(s))) };
}

function sample(labels: Sample["labels"], value: number | null): Sample[] {
  return value === null ? [] : [{ labels, value }];
}

function labelsOf({ service, slo, team }: SloStatus): Sample["labels"] {
  return { service, slo, team: team ?? "" };
}

function burnSamples(status: SloStatus): Sample[] {
  return Object.entries(status.burn).flatMap(([window, burn]) =>
    sample({ ...labelsOf(status), window }, burn),
  );
}

function stateSamples(status: SloStatus): Sample[] {
  return SLO_STATES.map((state) => ({
    labels: { ...labelsOf(status), state },
    value: state === status.state ? 1 : 0,
  }));
}

function sourceGauges(sources: readonly SourceOverview[], now: number): Gauge[] {
  const of = (name: string, help: string, read: (source: SourceOverview) => number | null) => ({
    name,
    help,
    samples: sources.flatMap((source) => sample({ source: source.name }, read(source))),
  });
  return [
    of("plimsoll_source_up", "1 when the last attempt to collect from the source went well", (s) =>
      s.state === "ok" ? 1 : 0,
    ),
    of(
      "plimsoll_source_last_attempt_timestamp_seconds",
      "When the source was last asked, Unix time",
      (s) => s.lastAttemptAt && s.lastAttemptAt / 1000,
    ),
    of(
      "plimsoll_source_lag_seconds",
      "Age of the newest minute of the source that is known",
      (s) => (s.watermark === null ? null : (now - s.watermark) / 1000),
    ),
    of(
      "plimsoll_backfill_done_minutes",
      "Minutes of first history that are fetched",
      (s) => s.backfillDone,
    ),
    of(
      "plimsoll_backfill_wanted_minutes",
      "Minutes of first history that are wanted",
      (s) => s.backfillOf,
    ),
  ];
}

import { metrics, type ObservableGauge } from "@opentelemetry/api";
import type { Store } from "#db/client.ts";
import { readAllStatuses } from "#db/reads/fleet.ts";
import { readSources } from "#db/reads/sources.ts";
import { SLO_STATES, type SloStatus } from "#lib/slo/status.ts";

const KEY = Symbol.for("plimsoll.sloMetrics");
const holder = globalThis as { [KEY]?: true };

/**
 * Each SLO's budget and burn, and each source's health, as gauges read from the database when they
 * are scraped. What is unknown has no sample: a missing line is honest, a zero would not be.
 */
export function registerSloMetrics(store: Store, clock: () => number): void {
  if (holder[KEY]) return;
  holder[KEY] = true;
  const gauges = createGauges();
  metrics.getMeter("plimsoll").addBatchObservableCallback(async (result) => {
    for (const status of await readAllStatuses(store.db)) {
      const labels = { service: status.service, slo: status.slo, team: status.team ?? "" };
      const observe = (gauge: ObservableGauge, value: number | null, more = {}) => {
        if (value !== null) result.observe(gauge, value, { ...labels, ...more });
      };
      observeSlo(observe, gauges, status);
    }
    const now = clock();
    for (const source of await readSources(store.db)) {
      const labels = { source: source.name };
      result.observe(gauges.up, source.state === "ok" ? 1 : 0, labels);
      if (source.watermark !== null)
        result.observe(gauges.lag, (now - source.watermark) / 1000, labels);
      result.observe(gauges.backfillDone, source.backfillDone, labels);
      result.observe(gauges.backfillOf, source.backfillOf, labels);
    }
  }, Object.values(gauges));
}

type Gauges = ReturnType<typeof createGauges>;

function createGauges() {
  const meter = metrics.getMeter("plimsoll");
  const gauge = (name: string, description: string) =>
    meter.createObservableGauge(name, { description });
  return {
    objective: gauge("plimsoll_slo_objective_ratio", "Objective of the SLO"),
    sli: gauge("plimsoll_slo_sli_ratio", "SLI over the SLO's window"),
    remaining: gauge(
      "plimsoll_slo_budget_remaining_ratio",
      "Error budget left, negative when overspent",
    ),
    burn: gauge("plimsoll_slo_burn_rate", "Burn rate over a window; 1 spends the budget exactly"),
    coverage: gauge(
      "plimsoll_slo_coverage_ratio",
      "Known minutes of the SLO's window that have data",
    ),
    state: gauge("plimsoll_slo_state", "1 for the state the SLO is in"),
    up: gauge("plimsoll_source_up", "1 when the last attempt to collect from the source went well"),
    lag: gauge(
      "plimsoll_source_lag_seconds",
      "Age of the newest minute of the source that is known",
    ),
    backfillDone: gauge(
      "plimsoll_backfill_done_minutes",
      "Minutes of first history that are fetched",
    ),
    backfillOf: gauge(
      "plimsoll_backfill_wanted_minutes",
      "Minutes of first history that are wanted",
    ),
  };
}

type Observe = (
  gauge: ObservableGauge,
  value: number | null,
  more?: Record<string, string>,
) => void;

function observeSlo(observe: Observe, gauges: Gauges, status: SloStatus): void {
  observe(gauges.objective, status.objective);
  observe(gauges.sli, status.sli);
  observe(gauges.remaining, status.remaining);
  observe(gauges.coverage, status.coverage);
  for (const [window, burn] of Object.entries(status.burn)) observe(gauges.burn, burn, { window });
  for (const state of SLO_STATES) observe(gauges.state, state === status.state ? 1 : 0, { state });
}

import type { Batch } from "#collectors/collector.ts";
import { prometheusCollector } from "#collectors/prometheus/collector.ts";
import type { PrometheusWork } from "#collectors/prometheus/work.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";
import { DAY } from "#lib/time/duration.ts";

/** A source as the configuration would give it, for a server that a test started. */
export function sourceAt(url: string, changed: Partial<PrometheusSource> = {}): PrometheusSource {
  return {
    name: "main",
    url,
    headers: {},
    bearerToken: null,
    basicAuth: null,
    counting: "auto",
    timeoutMs: 30_000,
    scrapeIntervalMs: null,
    historyMs: 60 * DAY,
    ...changed,
  };
}

/** Everything that a fresh collector of the source finds, within half a minute. */
export async function collectBatches(
  source: PrometheusSource,
  work: PrometheusWork,
): Promise<Batch[]> {
  const batches: Batch[] = [];
  const signal = AbortSignal.timeout(30_000);
  for await (const batch of prometheusCollector(source).collect(work, signal)) batches.push(batch);
  return batches;
}

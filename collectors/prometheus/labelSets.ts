import { prometheusClient } from "#collectors/prometheus/client.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** The labels of each series that a query gives at `at` (epoch ms). */
export type AskLabels = (
  query: string,
  at: number,
  signal: AbortSignal,
) => Promise<readonly Readonly<Record<string, string>>[]>;

/** Asks one server which series there are; errors are an `UpstreamError` or a `RefusedQuery`. */
export function labelSetsOf(source: PrometheusSource): AskLabels {
  const client = prometheusClient(source);
  return async (query, at, signal) => {
    const lines = await client.rangeQuery(query, { from: at, to: at, stepMs: MINUTE }, signal);
    return lines.map(({ labels }) => labels);
  };
}

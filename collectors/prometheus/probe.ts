import { UpstreamError } from "#collectors/collector.ts";
import type { PrometheusClient } from "#collectors/prometheus/client.ts";
import { RefusedQuery } from "#collectors/prometheus/failure.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";
import { floorMinute, MINUTE, parseDuration } from "#lib/time/duration.ts";

/** What a server is, and so how it is to be asked. */
export interface Probe {
  /** As shown: "Prometheus 2.42.0", "VictoriaMetrics". */
  readonly flavour: string;
  readonly counting: "exact" | "increase";
  readonly scrapeIntervalMs: number;
  readonly warnings: readonly string[];
}

const FALLBACK_INTERVAL_MS = 30_000;

export async function probeServer(
  client: PrometheusClient,
  source: PrometheusSource,
  signal: AbortSignal,
): Promise<Probe> {
  const flavour = await readFlavour(client, signal);
  const interval = await readInterval(client, source, signal);
  const victoria = flavour === "VictoriaMetrics";
  const counting = source.counting !== "auto" ? source.counting : victoria ? "increase" : "exact";
  return {
    flavour,
    counting,
    scrapeIntervalMs: interval.ms,
    warnings: [...(interval.warning ? [interval.warning] : []), ...client.takeWarnings()],
  };
}

async function readFlavour(client: PrometheusClient, signal: AbortSignal): Promise<string> {
  const info = await orAbsent(client.buildInfo(signal));
  if (info?.application) return `${info.application} ${info.version ?? ""}`.trim();
  if (info?.revision) return `Prometheus ${info.version ?? ""}`.trim();
  return (await speaksMetricsQl(client, signal)) ? "VictoriaMetrics" : "Prometheus-compatible";
}

/** VictoriaMetrics names no revision; its query language has a WITH that no other server reads. */
async function speaksMetricsQl(client: PrometheusClient, signal: AbortSignal): Promise<boolean> {
  const now = floorMinute(Date.now());
  try {
    const range = { from: now, to: now, stepMs: MINUTE };
    const lines = await client.rangeQuery("WITH (x = 1) x", range, signal);
    return lines[0]?.values[0]?.value === 1;
  } catch (error) {
    if (error instanceof RefusedQuery) return false;
    throw error;
  }
}

async function readInterval(
  client: PrometheusClient,
  source: PrometheusSource,
  signal: AbortSignal,
): Promise<{ ms: number; warning: string | null }> {
  if (source.scrapeIntervalMs !== null) return { ms: source.scrapeIntervalMs, warning: null };
  const written = await orAbsent(client.scrapeIntervals(signal));
  const ms = mostCommon((written ?? []).flatMap((text) => parseDuration(text) ?? []));
  return ms !== null ? { ms, warning: null } : { ms: FALLBACK_INTERVAL_MS, warning: NO_INTERVAL };
}

const NO_INTERVAL =
  "The server does not say how often it scrapes, so 30 s is taken; set scrapeInterval on this source if it is another.";

/** Null where the server answers, but has no such endpoint. */
async function orAbsent<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    const status = error instanceof UpstreamError ? error.httpStatus : null;
    if (error instanceof RefusedQuery || status === 404 || status === 405 || status === 501)
      return null;
    throw error;
  }
}

/** The value that occurs most often; of equals the largest; null of none. */
export function mostCommon(values: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranked = [...counts].sort(([a, n], [b, m]) => m - n || b - a);
  return ranked[0]?.[0] ?? null;
}

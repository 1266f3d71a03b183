import type { PrometheusDriver } from "prometheus-query";
import { callDriver } from "#collectors/prometheus/driver.ts";
import { type Seen, upstreamError } from "#collectors/prometheus/failure.ts";
import {
  buildInfoSchema,
  matrixSchema,
  readValue,
  targetsSchema,
} from "#collectors/prometheus/schema.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";

/** Evaluations at `from`, `from + stepMs`, … `to` (epoch ms, both inclusive). */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/** One series of a range query. */
export interface Line {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly Point[];
}

export interface Point {
  /** Epoch ms. */
  readonly time: number;
  readonly value: number;
}

/** Every answer is checked; every error is an `UpstreamError`, or a `RefusedQuery`. */
export interface PrometheusClient {
  rangeQuery(query: string, range: Range, signal: AbortSignal): Promise<readonly Line[]>;
  buildInfo(
    signal: AbortSignal,
  ): Promise<{ version?: string; revision?: string; application?: string }>;
  /** Scrape intervals of the active targets, as written: "15s". */
  scrapeIntervals(signal: AbortSignal): Promise<readonly string[]>;
  /** Warnings of the server since the last call. */
  takeWarnings(): readonly string[];
}

export function prometheusClient(source: PrometheusSource): PrometheusClient {
  const warnings = new Set<string>();
  const ask = <T>(signal: AbortSignal, request: (driver: PrometheusDriver) => Promise<T>) =>
    callDriver({ source, signal, warnings }, request);
  return {
    async rangeQuery(query, { from, to, stepMs }, signal) {
      const limit = `${Math.floor(source.timeoutMs * 0.9)}ms`;
      const answer = await ask(signal, (driver) =>
        driver.rangeQuery(query, from, to, stepMs / 1000, limit),
      );
      const { data } = read(source, matrixSchema, answer.raw);
      return data.result.map(({ metric, values }) => ({
        labels: metric,
        values: values.map(point),
      }));
    },
    async buildInfo(signal) {
      const answer = await ask(signal, (driver) => driver.statusBuildinfo());
      return read(source, buildInfoSchema, answer.result);
    },
    async scrapeIntervals(signal) {
      const answer = await ask(signal, (driver) => driver.targets("active"));
      const targets = read(source, targetsSchema, answer.raw).data.activeTargets ?? [];
      return targets.flatMap((target) => target.scrapeInterval ?? []);
    },
    takeWarnings() {
      const taken = [...warnings];
      warnings.clear();
      return taken;
    },
  };
}

function point([seconds, text]: [number, string]): Point {
  return { time: Math.round(seconds * 1000), value: readValue(text) };
}

function read<T>(
  source: PrometheusSource,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  value: unknown,
): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const seen: Seen = { status: 200, body: null, retryAfter: null, code: null, oversize: false };
  throw upstreamError(source, seen, false);
}

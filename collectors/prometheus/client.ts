import { type PrometheusConnectionOptions, PrometheusDriver } from "prometheus-query";
import { UpstreamError } from "#collectors/collector.ts";
import { guardedLookup, refuseUrl } from "#collectors/prometheus/address.ts";
import {
  type Seen,
  saidBy,
  upstreamError,
  withoutSecrets,
} from "#collectors/prometheus/failure.ts";
import {
  buildInfoSchema,
  errorSchema,
  matrixSchema,
  readValue,
  targetsSchema,
  warningsSchema,
} from "#collectors/prometheus/schema.ts";
import type { PrometheusSource } from "#collectors/prometheus/work.ts";

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

/** The server answered, and says that it will not evaluate this query. */
export class RefusedQuery extends Error {
  override readonly name = "RefusedQuery";
}

/** The only place that knows the driver; every answer is checked, every error is an `UpstreamError`. */
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

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export function prometheusClient(source: PrometheusSource): PrometheusClient {
  const warnings = new Set<string>();
  const ask = <T>(signal: AbortSignal, request: (driver: PrometheusDriver) => Promise<T>) =>
    call({ source, signal, warnings }, request);
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

interface Call {
  readonly source: PrometheusSource;
  readonly signal: AbortSignal;
  readonly warnings: Set<string>;
}

/** A driver per request: its interceptors are where this request's signal and status are known. */
async function call<T>(
  { source, signal, warnings }: Call,
  request: (driver: PrometheusDriver) => Promise<T>,
): Promise<{ result: T; raw: unknown }> {
  signal.throwIfAborted();
  refuseAddress(source);
  const timeout = AbortSignal.timeout(source.timeoutMs);
  const seen: Seen = { status: null, body: null, retryAfter: null, code: null, oversize: false };
  const driver = new PrometheusDriver(
    driverOptions(source, AbortSignal.any([signal, timeout]), seen),
  );
  try {
    const result = await request(driver);
    noteWarnings(seen.body, source, warnings);
    return { result, raw: seen.body };
  } catch {
    signal.throwIfAborted();
    throw refusal(source, seen) ?? upstreamError(source, seen, timeout.aborted);
  }
}

function driverOptions(
  source: PrometheusSource,
  signal: AbortSignal,
  seen: Seen,
): PrometheusConnectionOptions {
  return {
    endpoint: source.url,
    preferPost: true,
    timeout: source.timeoutMs,
    headers: headersOf(source),
    auth: source.basicAuth ?? undefined,
    requestInterceptor: {
      onFulfilled: (request) =>
        Object.assign(request, {
          signal,
          maxRedirects: 0,
          proxy: false,
          maxContentLength: MAX_ANSWER_BYTES,
          lookup: guardedLookup,
        }),
    },
    responseInterceptor: {
      onFulfilled: (response) => {
        seen.status = response.status;
        seen.body = response.data;
        return response;
      },
      onRejected: (error) => {
        noteFailure(error, seen);
        return Promise.reject(error);
      },
    },
  };
}

function headersOf(source: PrometheusSource): Record<string, string> {
  if (source.bearerToken === null) return { ...source.headers };
  return { ...source.headers, Authorization: `Bearer ${source.bearerToken}` };
}

function refuseAddress(source: PrometheusSource): void {
  const why = refuseUrl(source.url);
  if (why)
    throw new UpstreamError(`${source.name}: ${why}`, { source: source.name, kind: "network" });
}

interface DriverError {
  readonly code?: string;
  readonly message?: string;
  readonly response?: { status: number; data: unknown; headers: Record<string, unknown> };
}

/** An answer that broke off has a good status, which says nothing. */
function noteFailure(error: DriverError, seen: Seen): void {
  seen.code = error.code ?? null;
  seen.oversize = error.message?.startsWith("maxContentLength") ?? false;
  const status = error.response?.status ?? null;
  seen.status = status !== null && status < 300 ? null : status;
  seen.body = error.response?.data ?? null;
  const retryAfter = error.response?.headers["retry-after"];
  seen.retryAfter = typeof retryAfter === "string" ? retryAfter : null;
}

/** 400 and 422 are about the query; so is a timeout that the server itself reports. */
function refusal(source: PrometheusSource, seen: Seen): RefusedQuery | null {
  const said = saidBy(seen.body, source);
  if (said === null || seen.status === null) return null;
  const type = errorSchema.safeParse(seen.body).data?.errorType;
  const ofQuery = seen.status === 400 || seen.status === 422 || type === "timeout";
  return ofQuery ? new RefusedQuery(said) : null;
}

function noteWarnings(body: unknown, source: PrometheusSource, warnings: Set<string>): void {
  const parsed = warningsSchema.safeParse(body);
  for (const text of parsed.data?.warnings ?? [])
    warnings.add(withoutSecrets(text, source).slice(0, 300));
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

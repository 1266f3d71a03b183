import { type PrometheusConnectionOptions, PrometheusDriver } from "prometheus-query";
import { guardedLookup, refuseUrl } from "#collectors/address.ts";
import { UpstreamError } from "#collectors/collector.ts";
import {
  refusal,
  type Seen,
  upstreamError,
  withoutSecrets,
} from "#collectors/prometheus/failure.ts";
import { warningsSchema } from "#collectors/prometheus/schema.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export interface Call {
  readonly source: PrometheusSource;
  readonly signal: AbortSignal;
  readonly warnings: Set<string>;
}

/**
 * The only place that runs the driver: its errors carry tokens and end here.
 * A driver per request: its interceptors are where this request's signal and status are known.
 */
export async function callDriver<T>(
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

function noteWarnings(body: unknown, source: PrometheusSource, warnings: Set<string>): void {
  const parsed = warningsSchema.safeParse(body);
  for (const text of parsed.data?.warnings ?? [])
    warnings.add(withoutSecrets(text, source).slice(0, 300));
}

import type { z } from "zod";
import { shownAddress } from "#collectors/address.ts";
import { UpstreamError } from "#collectors/collector.ts";
import { guardedFetch, type Seen, unseen } from "#collectors/github/http.ts";

export interface PagerdutySource {
  readonly name: string;
  /** `https://api.pagerduty.com`, or the EU's. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
}

/** Pairs, since some names come more than once. */
export type Query = readonly (readonly [string, string])[];

export interface PagerdutyClient {
  /** Null for what is not there (HTTP 404). */
  get<T>(path: string, query: Query, shape: z.ZodType<T>): Promise<T | null>;
}

/** Every answer is checked; every error is an `UpstreamError` with words of our own, without the token. */
export function pagerdutyClient(source: PagerdutySource, signal: AbortSignal): PagerdutyClient {
  return {
    async get(path, query, shape) {
      const seen = unseen();
      const timeout = AbortSignal.timeout(source.timeoutMs);
      try {
        await guardedFetch(seen)(addressOf(source, path, query), {
          headers: {
            authorization: `Token token=${source.token}`,
            accept: "application/vnd.pagerduty+json;version=2",
          },
          signal: AbortSignal.any([signal, timeout]),
        });
      } catch {
        throw failure(source, seen, timeout.aborted);
      }
      if (seen.status === 404) return null;
      const parsed = shape.safeParse(seen.body);
      if (seen.status !== 200 || !parsed.success) throw failure(source, seen, false);
      return parsed.data;
    },
  };
}

function addressOf({ url }: PagerdutySource, path: string, query: Query): string {
  const search = new URLSearchParams(query.map(([name, value]) => [name, value]));
  return `${url.replace(/\/$/, "")}${path}?${search}`;
}

function failure(source: PagerdutySource, seen: Seen, timedOut: boolean): UpstreamError {
  const { status } = seen;
  const fail = (kind: UpstreamError["kind"], what: string) =>
    new UpstreamError(`${source.name} (${shownAddress(source.url)}) ${what}`, {
      source: source.name,
      kind,
      httpStatus: status,
      retryAfterMs: retryAfterMs(seen),
    });
  if (timedOut) return fail("timeout", `did not answer within ${source.timeoutMs / 1000} s`);
  if (seen.oversize) return fail("parse", "answered with more than we read");
  if (status === null) return fail("network", `could not be reached${codeOf(seen)}`);
  if (status === 200) return fail("parse", "answered with something that is not PagerDuty's JSON");
  return fail("http", httpWords(status));
}

function codeOf({ code }: Seen): string {
  return code ? ` (${code})` : "";
}

function httpWords(status: number): string {
  if (status === 401) return "refused our credentials (HTTP 401); check the token";
  if (status === 403) return "does not let us read this (HTTP 403); check what the token may read";
  if (status === 429) return "has no requests left for us at present (rate limit)";
  if (status >= 300 && status < 400)
    return `redirects to another address (HTTP ${status}), which is not followed; give the final URL`;
  return `answered HTTP ${status}`;
}

/** Seconds, under either name. */
function retryAfterMs({ headers }: Seen): number | null {
  const seconds = headers.get("retry-after") ?? headers.get("ratelimit-reset");
  return seconds !== null && Number.isFinite(Number(seconds)) ? Number(seconds) * 1_000 : null;
}

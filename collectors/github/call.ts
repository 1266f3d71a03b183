import { Octokit } from "@octokit/core";
import { z } from "zod";
import { refuseUrl, shownAddress } from "#collectors/address.ts";
import { UpstreamError } from "#collectors/collector.ts";
import { upstreamError } from "#collectors/github/failure.ts";
import { guardedFetch, type Seen, unseen } from "#collectors/github/http.ts";
import type { GithubSource } from "#collectors/github/source.ts";

interface RequestOptions {
  readonly fetch: ReturnType<typeof guardedFetch>;
  readonly signal: AbortSignal;
}

export type Call = (
  signal: AbortSignal,
  run: (request: RequestOptions) => Promise<unknown>,
) => Promise<Seen>;

/** The only place that runs the client: its errors carry the request with its token and end here. */
export function caller(source: GithubSource): Call {
  return async (signal, run) => {
    signal.throwIfAborted();
    refuseAddress(source);
    const timeout = AbortSignal.timeout(source.timeoutMs);
    const seen = unseen();
    try {
      await run({ fetch: guardedFetch(seen), signal: AbortSignal.any([signal, timeout]) });
    } catch {
      signal.throwIfAborted();
      if (!isPartial(seen)) throw upstreamError(source, seen, timeout.aborted);
    }
    if (seen.status !== null && seen.status >= 300) throw upstreamError(source, seen, false);
    return seen;
  };
}

/** Data with errors beside it is data. */
function isPartial({ status, body }: Seen): boolean {
  return status === 200 && dataOf(body) !== null;
}

function refuseAddress(source: GithubSource): void {
  if (refuseUrl(source.url) === null) return;
  const what = `${source.name} (${shownAddress(source.url)}) is not an address that may be asked; give the http or https URL of GitHub's API`;
  throw new UpstreamError(what, { source: source.name, kind: "network" });
}

export function octokit(source: GithubSource): Octokit {
  const silent = () => {};
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  return new Octokit({ baseUrl: baseUrlOf(source), log });
}

export function baseUrlOf({ url }: GithubSource): string {
  return url.replace(/\/+$/, "");
}

const bodyShape = z.object({ data: z.record(z.string(), z.unknown()).nullable() });

export function dataOf(body: unknown): object | null {
  return bodyShape.safeParse(body).data?.data ?? null;
}

/** What was answered, if it has the shape that we rely on. */
export function checked<T>(
  source: GithubSource,
  shape: z.ZodType<T>,
  body: unknown,
  value = body,
): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw upstreamError(source, { ...unseen(), status: 200, body }, false);
}

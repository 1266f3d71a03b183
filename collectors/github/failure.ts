import { z } from "zod";
import { REFUSED_CODE, shownAddress } from "#collectors/address.ts";
import { UpstreamError } from "#collectors/collector.ts";
import type { Seen } from "#collectors/github/http.ts";
import type { GithubSource } from "#collectors/github/source.ts";

const errorsShape = z.object({
  errors: z.array(
    z.object({
      message: z.string(),
      type: z.string().nullish(),
      path: z.array(z.union([z.string(), z.number()])).nullish(),
    }),
  ),
});
const messageShape = z.object({ message: z.string() });

/** One of the errors that stand beside the data, or in its place. */
export interface Problem {
  readonly message: string;
  readonly type?: string | null;
  /** Where in the answer something is left out. */
  readonly path?: readonly (string | number)[] | null;
}

export function problemsOf(body: unknown): readonly Problem[] {
  return errorsShape.safeParse(body).data?.errors ?? [];
}

/** An error with words of our own: nothing of the client's error, which carries the token, goes into it. */
export function upstreamError(source: GithubSource, seen: Seen, timedOut: boolean): UpstreamError {
  const limited = isLimited(seen);
  const fail = (kind: UpstreamError["kind"], what: string) =>
    new UpstreamError(`${source.name} (${shownAddress(source.url)}) ${what}`, {
      source: source.name,
      kind,
      httpStatus: limited ? 429 : seen.status,
      retryAfterMs: retryAfterMs(seen, Date.now()),
    });
  if (timedOut) return fail("timeout", `did not answer within ${source.timeoutMs / 1000} s`);
  if (seen.oversize) return fail("parse", "answered with more than we read");
  if (seen.status === null) return fail("network", networkWords(seen.code));
  if (limited) return fail("http", "has no requests left for us at present (rate limit)");
  if (seen.status >= 300) return fail("http", httpWords(seen.status, saidBy(seen)));
  const [problem] = problemsOf(seen.body);
  if (problem) return fail("http", `refused the query: ${problem.message.slice(0, 300)}`);
  return fail("parse", NOT_GITHUB);
}

const NOT_GITHUB =
  "answered with something that is not GitHub's JSON; is its URL that of the API (https://api.github.com, or https://<host>/api/v3 of an Enterprise server)?";

/** The primary limit comes as HTTP 200; the secondary one as 403 or 429. */
function isLimited({ status, headers, body }: Seen): boolean {
  if (problemsOf(body).some(({ type }) => type === "RATE_LIMITED" || type === "RATE_LIMIT"))
    return true;
  if (status === 429) return true;
  return (
    status === 403 && (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0")
  );
}

/** A wait of a minute is what GitHub asks for where its answer names none. */
const UNNAMED_WAIT_MS = 60_000;

function retryAfterMs(seen: Seen, now: number): number | null {
  const after = seen.headers.get("retry-after");
  if (after !== null && Number.isFinite(Number(after))) return Math.max(0, Number(after) * 1000);
  if (!isLimited(seen)) return null;
  const reset = seen.headers.get("x-ratelimit-reset");
  const isSpent = seen.headers.get("x-ratelimit-remaining") === "0";
  return reset && isSpent ? Math.max(0, Number(reset) * 1000 - now) : UNNAMED_WAIT_MS;
}

function saidBy({ body }: Seen): string | null {
  return messageShape.safeParse(body).data?.message.slice(0, 300) ?? null;
}

function networkWords(code: string | null): string {
  if (code === "ECONNREFUSED") return "refused the connection; is it running?";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return "could not be found: its name does not resolve";
  if (code === REFUSED_CODE) return "has an address that is never asked (cloud metadata)";
  if (code === "ECONNRESET") return "broke off its answer";
  return `could not be reached${code ? ` (${code})` : ""}`;
}

function httpWords(status: number, said: string | null): string {
  if (status < 400)
    return `redirects to another address (HTTP ${status}), which is not followed; give the final URL`;
  if (status === 401)
    return "refused our credentials (HTTP 401); check the token, or the app's id and key";
  if (status === 403)
    return `does not let us read this (HTTP 403${said ? `: ${said}` : ""}); check what the token may read`;
  return `answered HTTP ${status}${said ? `: ${said}` : ""}`;
}

import { REFUSED_CODE, shownAddress } from "#collectors/address.ts";
import { UpstreamError } from "#collectors/collector.ts";
import { errorSchema } from "#collectors/prometheus/schema.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";

/**
 * What went wrong in one request, noted by the response interceptor: the driver's own errors carry the
 * request with its token, and leave out the status of 429 and redirects.
 */
export interface Seen {
  status: number | null;
  body: unknown;
  retryAfter: string | null;
  /** Node's or the driver's code, e.g. ECONNREFUSED. */
  code: string | null;
  oversize: boolean;
}

/** The server answered, and says that it will not evaluate this query. */
export class RefusedQuery extends Error {
  override readonly name = "RefusedQuery";
}

/** 400 and 422 are about the query; so is a timeout that the server itself reports. */
export function refusal(source: PrometheusSource, seen: Seen): RefusedQuery | null {
  const said = saidBy(seen.body, source);
  if (said === null || seen.status === null) return null;
  const type = errorSchema.safeParse(seen.body).data?.errorType;
  const ofQuery = seen.status === 400 || seen.status === 422 || type === "timeout";
  return ofQuery ? new RefusedQuery(said) : null;
}

/** An error with words of our own: nothing of the driver's error goes into it, not even as cause. */
export function upstreamError(source: PrometheusSource, seen: Seen, timedOut: boolean) {
  const who = `${source.name} (${shownAddress(source.url)})`;
  const fail = (kind: UpstreamError["kind"], what: string) =>
    new UpstreamError(`${who} ${what}`, {
      source: source.name,
      kind,
      httpStatus: seen.status,
      retryAfterMs: retryAfterMs(seen.retryAfter, Date.now()),
    });
  if (timedOut || TIMEOUTS.has(seen.code ?? ""))
    return fail("timeout", `did not answer within ${source.timeoutMs / 1000} s`);
  if (seen.oversize) return fail("parse", "answered with more than we read; narrow the query");
  if (seen.status === null) return fail("network", networkWords(seen.code));
  if (seen.status < 300) return fail("parse", NOT_PROMETHEUS);
  return fail("http", httpWords(seen.status, saidBy(seen.body, source)));
}

const TIMEOUTS = new Set(["ECONNABORTED", "ETIMEDOUT"]);
const NOT_PROMETHEUS =
  "answered with something that is not Prometheus's JSON; does its URL lead to the API (/api/v1)?";

function networkWords(code: string | null): string {
  if (code === "ECONNREFUSED") return "refused the connection; is it running?";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return "could not be found: its name does not resolve";
  if (code === REFUSED_CODE) return "has an address that is never asked (cloud metadata)";
  if (code?.startsWith("ERR_BAD_RESPONSE") || code === "ECONNRESET") return "broke off its answer";
  return `could not be reached${code ? ` (${code})` : ""}`;
}

function httpWords(status: number, said: string | null): string {
  if (status >= 300 && status < 400)
    return `redirects to another address (HTTP ${status}), which is not followed; give the final URL`;
  if (status === 401 || status === 403)
    return `refused our credentials (HTTP ${status}); check the source's token, user or headers`;
  if (status === 429) return "asks us to slow down (HTTP 429)";
  return `answered HTTP ${status}${said ? `: ${said}` : ""}`;
}

/** The server's own sentence, shortened, without any secret that it might echo. */
export function saidBy(body: unknown, source: PrometheusSource): string | null {
  const parsed = errorSchema.safeParse(body);
  return parsed.success ? withoutSecrets(parsed.data.error, source).slice(0, 300) : null;
}

export function withoutSecrets(text: string, source: PrometheusSource): string {
  const secrets = [
    source.bearerToken,
    source.basicAuth?.password,
    ...Object.values(source.headers),
  ];
  return secrets
    .filter((secret) => secret != null && secret.length > 3)
    .reduce<string>((rest, secret) => rest.replaceAll(secret as string, "…"), text);
}

/** `Retry-After`, in seconds or as a date; null when absent or unreadable. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

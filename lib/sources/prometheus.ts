/** One Prometheus-compatible server, as the configuration names it. Secrets are already resolved. */
export interface PrometheusSource {
  readonly name: string;
  /** Base URL, with any path prefix; `/api/v1/…` is appended. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bearerToken: string | null;
  readonly basicAuth: { readonly username: string; readonly password: string } | null;
  /** `auto`: exact on Prometheus, increase on VictoriaMetrics (docs/how-the-numbers-are-made.md). */
  readonly counting: "auto" | "exact" | "increase";
  readonly timeoutMs: number;
  /** Learned from `/api/v1/targets` when absent. */
  readonly scrapeIntervalMs: number | null;
  /** How far back history is asked for. Default 60 d. */
  readonly historyMs: number;
  /** Template of addresses where people open a query (lib/explain/link.ts); null or absent = nowhere. */
  readonly link?: string | null;
}

import type { SliFailure, SuspectBucket } from "#collectors/collector.ts";
import type { PrometheusClient } from "#collectors/prometheus/client.ts";
import type { Probe } from "#collectors/prometheus/probe.ts";
import type { Span } from "#collectors/prometheus/work.ts";
import type { CountingQuery } from "#lib/promql/counting.ts";
import type { Bucket } from "#lib/slo/totals.ts";
import type { SliDefinition } from "#lib/spec/model.ts";

/** What every question of one span needs. */
export interface Asking {
  readonly client: PrometheusClient;
  readonly probe: Pick<Probe, "counting" | "scrapeIntervalMs">;
  readonly span: Pick<Span, "purpose" | "from" | "to" | "stepMs">;
  readonly settledAt: number;
  readonly signal: AbortSignal;
}

/** What was found for one SLI in the span, or why nothing could be. */
export type Found =
  | { readonly key: string; readonly buckets: Bucket[]; readonly suspects: SuspectBucket[] }
  | SliFailure;

export type EventsDefinition = Extract<SliDefinition, { kind: "events" }>;

export interface EventsSli {
  readonly key: string;
  readonly sli: EventsDefinition;
  readonly trailingMax: number | null;
  readonly total: CountingQuery;
  readonly numerator: CountingQuery;
}

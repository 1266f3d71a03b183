import { askAll } from "#collectors/prometheus/batch.ts";
import type { PrometheusClient } from "#collectors/prometheus/client.ts";
import type { PrometheusCollector } from "#collectors/prometheus/collector.ts";
import { minuteBuckets, worstQuery } from "#collectors/prometheus/map.ts";
import type { MinutesDefinition } from "#collectors/prometheus/minutes.ts";
import { fillTemplate } from "#lib/promql/tree.ts";
import { aggregate } from "#lib/promql/write.ts";
import type { Bucket } from "#lib/slo/totals.ts";
import type { CountedSli } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** A stretch of the past to be counted once, for a look. Epoch ms, aligned to the step. */
export interface PreviewAsk {
  readonly collector: Pick<PrometheusCollector, "collect">;
  readonly client: PrometheusClient;
  readonly sli: CountedSli;
  readonly span: { readonly from: number; readonly to: number; readonly stepMs: number };
  readonly settledAt: number;
  readonly signal: AbortSignal;
}

/** What an SLI that nobody collects yet would have counted, or why the server will not say. */
export type Previewed =
  | { readonly buckets: readonly Bucket[]; readonly numerator: NumeratorFound }
  | { readonly refused: string };

/** Whether the query of good or bad events has a series at all; "unasked" where it counted something. */
type NumeratorFound = "unasked" | "found" | "absent";

/** Values (thresholds, ratios) of a coarse stretch are looked at so often. */
export const SAMPLE_MS = 5 * MINUTE;

const KEY = "preview";
const SILENT = "the server gave no answer";

/**
 * Counts one SLI over a span as collecting does; nothing is kept. Values of a coarse span are sampled,
 * each standing for five minutes: a month of minutes is too much to ask for a look.
 */
export async function previewSli(ask: PreviewAsk): Promise<Previewed> {
  const { sli, span } = ask;
  const sampled = sli.kind !== "events" && !sli.slices && span.stepMs > MINUTE;
  return sampled ? sampleValues(ask, sli) : countAll(ask);
}

async function countAll(ask: PreviewAsk): Promise<Previewed> {
  const { collector, sli, span, settledAt, signal } = ask;
  const slis = [{ key: KEY, sli, trailingMax: null }];
  const work = { settledAt, spans: [{ ...span, purpose: "backfill" as const, slis }] };
  const buckets: Bucket[] = [];
  for await (const { facts, failures } of collector.collect(work, signal)) {
    const [failure] = failures;
    if (failure) return { refused: failure.message };
    buckets.push(...facts.flatMap((fact) => fact.buckets));
  }
  return { buckets, numerator: await findNumerator(ask, buckets) };
}

const LOOKS = 48;

/** A misspelt query of bad events counts none, which looks like a perfect service. */
async function findNumerator(
  { client, sli, span, signal }: PreviewAsk,
  buckets: readonly Bucket[],
): Promise<NumeratorFound> {
  if (sli.kind !== "events") return "unasked";
  const counted = sli.counts === "good" ? goodOf : badOf;
  if (buckets.some((bucket) => counted(bucket) > 0)) return "unasked";
  const { from, to } = span;
  const stepMs = Math.max(MINUTE, Math.floor((to - from) / LOOKS / MINUTE) * MINUTE);
  const query = aggregate("sum", fillTemplate(sli.numerator, "5m"));
  const answer = (await askAll(client, [query], { from, to, stepMs }, signal)).get(query);
  if (!answer || "refused" in answer) return "unasked";
  return answer.series.size > 0 ? "found" : "absent";
}

function goodOf({ good }: Bucket): number {
  return good;
}

function badOf({ good, total }: Bucket): number {
  return total - good;
}

async function sampleValues(ask: PreviewAsk, sli: MinutesDefinition): Promise<Previewed> {
  const { from, to } = ask.span;
  const query = fillTemplate(worstQuery(sli), "5m");
  const range = { from: from + SAMPLE_MS, to, stepMs: SAMPLE_MS };
  const answer = (await askAll(ask.client, [query], range, ask.signal)).get(query);
  if (!answer || "refused" in answer) return { refused: answer?.refused ?? SILENT };
  const minutes = SAMPLE_MS / MINUTE;
  const buckets = minuteBuckets(sli, answer.series).map(({ at, good, total, covered }) => ({
    at,
    good: good * minutes,
    total: total * minutes,
    covered: covered * minutes,
  }));
  return { buckets, numerator: "unasked" };
}

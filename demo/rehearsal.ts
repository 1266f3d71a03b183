import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { prometheusCollector } from "#collectors/prometheus/collector.ts";
import { sliceSpan } from "#collectors/prometheus/slices.ts";
import type { SliRequest } from "#collectors/prometheus/work.ts";
import { filesUnder } from "#demo/launch/folder.ts";
import type { Bucket, TotalsRow } from "#lib/slo/totals.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";
import type { ReadDocument, SloDefinition } from "#lib/spec/model.ts";
import { readDocuments } from "#lib/spec/read.ts";
import { HOUR } from "#lib/time/duration.ts";

/** For tests: the demo without its launcher, read by the product's own reader and collector. */

/** The documents of demo/slos. */
export function readDemoDocuments(): readonly ReadDocument[] {
  const root = join(import.meta.dirname, "slos");
  const files = filesUnder(root).map((path) => ({
    file: relative(root, path),
    text: readFileSync(path, "utf8"),
  }));
  return readDocuments(files);
}

export function demoDefinitions(): SloDefinition[] {
  return readDemoDocuments().flatMap(({ slos }) => slos.map(({ definition }) => definition));
}

export function nameOf({ service, name }: SloDefinition): string {
  return `${service}/${name}`;
}

export interface Collected {
  readonly buckets: ReadonlyMap<string, readonly Bucket[]>;
  readonly failures: readonly string[];
}

/** Collects `historyMs` before `now` from a stand-in by the real collector, at the kept resolutions. */
export async function collectFrom(
  of: { name: string; url: string },
  definitions: readonly SloDefinition[],
  span: { now: number; historyMs: number },
): Promise<Collected> {
  const slis: SliRequest[] = definitions.map((definition) => ({
    key: nameOf(definition),
    sli: definition.sli,
    trailingMax: null,
  }));
  const from = Math.ceil((span.now - span.historyMs) / HOUR) * HOUR;
  const spans = sliceSpan(from, span.now, span.now).map((slice) => ({
    ...slice,
    purpose: "backfill" as const,
    slis,
  }));
  const collector = prometheusCollector(sourceOf(of));
  const buckets = new Map<string, Bucket[]>();
  const failures: string[] = [];
  const work = { spans, settledAt: span.now };
  for await (const batch of collector.collect(work, new AbortController().signal)) {
    for (const { sliKey, buckets: more } of batch.facts) {
      buckets.set(sliKey, [...(buckets.get(sliKey) ?? []), ...more]);
    }
    for (const { sliKey, message } of batch.failures) failures.push(`${sliKey}: ${message}`);
  }
  return { buckets, failures };
}

function sourceOf({ name, url }: { name: string; url: string }): PrometheusSource {
  return {
    name,
    url,
    headers: {},
    bearerToken: null,
    basicAuth: null,
    counting: "increase",
    timeoutMs: 30_000,
    scrapeIntervalMs: null,
    historyMs: 60 * 24 * HOUR,
  };
}

/** Running totals of ascending buckets, from a row of zero at `start` on. */
export function runningTotals(start: number, buckets: readonly Bucket[]): TotalsRow[] {
  let row: TotalsRow = { at: start, good: 0, total: 0, covered: 0 };
  const rows = [row];
  for (const { at, good, total, covered } of buckets) {
    row = {
      at,
      good: row.good + good,
      total: row.total + total,
      covered: row.covered + covered,
    };
    rows.push(row);
  }
  return rows;
}

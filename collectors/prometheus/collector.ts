import type { Batch, Collector, SliFact, SliFailure } from "#collectors/collector.ts";
import type { Asking, EventsDefinition, Found } from "#collectors/prometheus/asking.ts";
import { prometheusClient } from "#collectors/prometheus/client.ts";
import { collectEvents } from "#collectors/prometheus/events.ts";
import { byAskedStep, judged } from "#collectors/prometheus/judged.ts";
import { collectMinutes, type MinutesDefinition } from "#collectors/prometheus/minutes.ts";
import { type Probe, probeServer } from "#collectors/prometheus/probe.ts";
import type { PrometheusWork, SliRequest, Span } from "#collectors/prometheus/work.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";
import type { CountedSli } from "#lib/spec/model.ts";

export type PrometheusCollector = Collector<PrometheusWork> & {
  /** Asks what the server is; also the answer to "is it there?". */
  probe(signal: AbortSignal): Promise<Probe>;
};

/** SLIs that are asked for and saved together. */
const GROUP = 100;

/** Collects from one Prometheus-compatible server. */
export function prometheusCollector(source: PrometheusSource): PrometheusCollector {
  const client = prometheusClient(source);
  let known: Probe | null = null;
  const probe = async (signal: AbortSignal) => {
    known = await probeServer(client, source, signal);
    return known;
  };
  return {
    id: "prometheus",
    probe,
    async *collect({ spans, settledAt }, signal) {
      const server = known ?? (await probe(signal));
      const failed = new Set<string>();
      for (const span of spans) {
        const asking = { client, probe: server, span, settledAt, signal };
        for (const slis of groupSlis(span, failed)) {
          const batch = await collectGroup(asking, slis);
          for (const { sliKey } of batch.failures) failed.add(sliKey);
          yield batch;
        }
      }
    },
  };
}

/**
 * Neighbours share a total, so that it is asked once. An SLI that failed is left alone for the rest of
 * the run: a later span without this one would leave a hole behind its head or above its tail.
 */
function groupSlis({ slis }: Span, failed: ReadonlySet<string>): SliRequest[][] {
  const sorted = slis
    .filter(({ key }) => !failed.has(key))
    .toSorted((a, b) => totalOf(a).localeCompare(totalOf(b)));
  const count = Math.ceil(sorted.length / GROUP);
  return Array.from({ length: count }, (_, i) => sorted.slice(i * GROUP, (i + 1) * GROUP));
}

function totalOf({ sli }: SliRequest): string {
  return sli.kind === "events" ? sli.total : "";
}

async function collectGroup(asking: Asking, slis: readonly SliRequest[]): Promise<Batch> {
  const facts: SliFact[] = [];
  const failures: SliFailure[] = [];
  for (const [stepMs, alike] of byAskedStep(asking.span, slis)) {
    const byKey = new Map(alike.map(({ key, sli }) => [key, sli]));
    const finer = { ...asking, span: { ...asking.span, stepMs } };
    for (const found of await collectAlike(finer, alike)) {
      if ("message" in found) failures.push(found);
      else facts.push(...factOf(asking, found, byKey.get(found.key)));
    }
  }
  return { facts, failures };
}

async function collectAlike(asking: Asking, slis: readonly SliRequest[]): Promise<Found[]> {
  return [
    ...(await collectEvents(asking, slis.filter(countsEvents))),
    ...(await collectMinutes(asking, slis.filter(countsMinutes))),
  ];
}

function countsEvents(request: SliRequest): request is SliRequest & { sli: EventsDefinition } {
  return request.sli.kind === "events";
}

function countsMinutes(request: SliRequest): request is SliRequest & { sli: MinutesDefinition } {
  return request.sli.kind !== "events";
}

function factOf(
  { span }: Asking,
  { key, ...counted }: Extract<Found, { key: string }>,
  sli: CountedSli | undefined,
): SliFact[] {
  if (!sli) return [];
  const { purpose, from, to, stepMs } = span;
  return [{ sliKey: key, from, to, stepMs, purpose, ...judged(span, counted, sli) }];
}

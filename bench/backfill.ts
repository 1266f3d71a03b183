import { performance } from "node:perf_hooks";
import { JOB, steadyHistory } from "#bench/cost/history.ts";
import { applyBatch, emptyLedger, type Ledger } from "#bench/truth/ledger.ts";
import { prometheusCollector } from "#collectors/prometheus/collector.ts";
import { planWork } from "#collectors/prometheus/plan.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { DAY } from "#lib/time/duration.ts";
import { startPrometheus } from "../e2e/servers/prometheus.ts";
import { sourceAt } from "../e2e/servers/source.ts";

const HISTORY_MS = 28 * DAY;
const FROM = Date.UTC(2026, 0, 1);
const TO = FROM + HISTORY_MS;
const SLIS = 100;

/** Wall time of a first backfill without the store, and the part of it in which we did not wait for Prometheus. */
export interface BackfillTime {
  readonly wallMs: number;
  readonly oursMs: number;
  readonly runs: number;
}

/** 28 days of 100 SLIs, each with queries of its own, as the product plans and asks for them. */
export async function backfillTime(): Promise<BackfillTime> {
  const server = await startPrometheus({ history: steadyHistory(FROM, TO) });
  try {
    return await measure(server.url);
  } finally {
    await server.stop();
  }
}

async function measure(url: string): Promise<BackfillTime> {
  const collector = prometheusCollector(sourceAt(url, { scrapeIntervalMs: 30_000 }));
  const ledgers = freshLedgers();
  const begun = performance.now();
  const idle = performance.eventLoopUtilization();
  let runs = 0;
  for (let more = true; more; runs += 1) {
    const progress = [...ledgers.values()].map((ledger) => ledger.progress);
    const work = planWork(progress, TO, { historyMs: HISTORY_MS });
    for await (const batch of collector.collect(work, AbortSignal.timeout(600_000)))
      applyBatch(ledgers, batch, TO);
    more = work.more;
  }
  const { active } = performance.eventLoopUtilization(idle);
  return { wallMs: performance.now() - begun, oursMs: active, runs };
}

/** The same pods under many names: a matcher that changes nothing makes each query its own. */
function freshLedgers(): Map<string, Ledger> {
  const ledgers = Array.from({ length: SLIS }, (_, i) => {
    const empty = emptyLedger(`sli-${i}`, sliNumber(i));
    return { ...empty, progress: { ...empty.progress, backfillFrom: FROM } };
  });
  return new Map(ledgers.map((ledger) => [ledger.progress.key, ledger]));
}

function sliNumber(i: number): SliDefinition {
  const matchers = `job="${JOB}",pod!="none-${i}"`;
  return {
    kind: "events",
    counts: "bad",
    numerator: `sum(rate(http_requests_total{${matchers},code=~"5.."}[5m]))`,
    total: `sum(rate(http_requests_total{${matchers}}[5m]))`,
  };
}

/** The lines that `npm run bench` prints. */
export function backfillTable({ wallMs, oursMs, runs }: BackfillTime): string {
  const share = Math.round((1 - oursMs / wallMs) * 100);
  return (
    `Backfill of 28 d x ${SLIS} SLIs, without the store: ${(wallMs / 1000).toFixed(1)} s in ${runs} runs, ` +
    `${share} % of it waiting for Prometheus (target 80 %)`
  );
}

if (import.meta.main) console.log(backfillTable(await backfillTime()));

import { JOB, steadyHistory } from "#bench/cost/history.ts";
import { samplesOf, startMeter } from "#bench/cost/meter.ts";
import { type CostRule, pyrraRules, slothRules } from "#bench/cost/rules.ts";
import { truthCases } from "#bench/truth/cases.ts";
import { applyBatch, emptyLedger } from "#bench/truth/ledger.ts";
import { openMetricsDays, playCases, sliOf } from "#bench/truth/openmetrics.ts";
import { prometheusCollector } from "#collectors/prometheus/collector.ts";
import { planWork } from "#collectors/prometheus/plan.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import { startPrometheus } from "../e2e/servers/prometheus.ts";
import { sourceAt } from "../e2e/servers/source.ts";

const FROM = Date.UTC(2026, 0, 1);
const TO = FROM + 31 * DAY;

/** Samples read per SLO and hour, as Prometheus itself counts them. */
export interface PrometheusCost {
  /** Three steady pods, 30 days of history. */
  readonly steady: { readonly ours: number; readonly sloth: number; readonly pyrra: number };
  /** A new pod every 11 minutes: the worst case for us. Three days of history, so no 30-day rules. */
  readonly churn: { readonly ours: number; readonly sloth: number };
}

/** One SLO of 99.9 % over 30 days, scraped every 30 s, on one real Prometheus. */
export async function prometheusCost(): Promise<PrometheusCost> {
  return { steady: await steadyCost(), churn: await churnCost() };
}

async function steadyCost(): Promise<PrometheusCost["steady"]> {
  const hour = { from: TO - 2 * HOUR, to: TO - HOUR };
  return withPrometheus(steadyHistory(FROM, TO), async (url) => ({
    ours: await collectionCost(url, JOB, hour),
    sloth: await rulesCost(url, slothRules(JOB), hour),
    pyrra: await rulesCost(url, pyrraRules(JOB), hour),
  }));
}

async function withPrometheus<T>(
  history: Iterable<string>,
  measure: (url: string) => Promise<T>,
): Promise<T> {
  const server = await startPrometheus({ history });
  try {
    return await measure(server.url);
  } finally {
    await server.stop();
  }
}

async function churnCost(): Promise<PrometheusCost["churn"]> {
  const span = { from: FROM, to: FROM + 3 * DAY };
  const cases = truthCases(span).filter(({ name }) => name === "churn");
  const hour = { from: span.to - 2 * HOUR, to: span.to - HOUR };
  return withPrometheus(openMetricsDays(playCases(cases, span)), async (url) => ({
    ours: await collectionCost(url, "churn", hour),
    sloth: await rulesCost(url, slothRules("churn"), hour),
  }));
}

/** An hour of live minutes and re-reads as the product asks for them. */
async function collectionCost(
  url: string,
  job: string,
  hour: { from: number; to: number },
): Promise<number> {
  const meter = await startMeter(url);
  const collector = prometheusCollector(sourceAt(meter.url, { scrapeIntervalMs: 30_000 }));
  const ledgers = new Map([[job, knownUntil(job, hour.from)]]);
  for (let now = hour.from + 2 * MINUTE; now <= hour.to + MINUTE; now += MINUTE) {
    const progress = [...ledgers.values()].map((ledger) => ledger.progress);
    const work = planWork(progress, now, { historyMs: 30 * DAY });
    for await (const batch of collector.collect(work, AbortSignal.timeout(30_000)))
      applyBatch(ledgers, batch, now);
  }
  await meter.stop();
  return meter.samples;
}

function knownUntil(job: string, at: number) {
  const empty = emptyLedger(job, sliOf(job));
  const known = { headAt: at, tailAt: FROM, backfilledAt: at, lastCoveredAt: at, rereadAt: at };
  return { ...empty, progress: { ...empty.progress, ...known } };
}

/** Each rule is evaluated a few times in the hour; it reads about the same each time. */
async function rulesCost(
  url: string,
  rules: readonly CostRule[],
  hour: { from: number; to: number },
): Promise<number> {
  let total = 0;
  for (const { expr, everyMs } of rules) {
    const middle = (hour.from + hour.to) / 2;
    const read = await Promise.all(
      [hour.from, middle, hour.to].map((at) => samplesOf(url, expr, at)),
    );
    const mean = read.reduce((sum, each) => sum + each, 0) / read.length;
    total += (mean * HOUR) / everyMs;
  }
  return total;
}

/** The table that `npm run bench` prints. */
export function costTable({ steady, churn }: PrometheusCost): string {
  return [
    "Prometheus samples read per SLO and hour (totalQueryableSamples), and our share",
    row("steady: Plimsoll", steady.ours, steady.ours),
    row("steady: Sloth rules", steady.sloth, steady.ours, "target 1/100"),
    row("steady: Pyrra rules", steady.pyrra, steady.ours, "target 1/300"),
    row("churn: Plimsoll", churn.ours, churn.ours),
    row("churn: Sloth rules up to 3 d", churn.sloth, churn.ours, "target 1/100"),
  ].join("\n");
}

function row(name: string, samples: number, ours: number, target = ""): string {
  const share = `1/${Math.round(samples / ours)}`;
  const count = Math.round(samples).toLocaleString("en");
  return `${name.padEnd(30)}${count.padStart(14)}${share.padStart(9)}  ${target}`.trimEnd();
}

if (import.meta.main) console.log(costTable(await prometheusCost()));

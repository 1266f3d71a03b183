import { type Answer, askAll, inParallel } from "#collectors/prometheus/batch.ts";
import type { PrometheusClient, Range } from "#collectors/prometheus/client.ts";
import type { CountingQuery } from "#lib/promql/counting.ts";

const RUNS_AT_ONCE = 4;

/** Counts by the `query` (or `presence`) of each counting query, over a range. */
export type Counts = ReadonlyMap<string, Answer>;

/**
 * Asks counting queries over a range: the quick form for all of it, the careful one for the steps at
 * which the quick one answered NaN (a series was born, reset or came back).
 */
export async function count(
  client: PrometheusClient,
  countings: readonly CountingQuery[],
  range: Range,
  signal: AbortSignal,
): Promise<Counts> {
  const queries = countings.flatMap((c) => (c.presence ? [c.query, c.presence] : [c.query]));
  const answers = await askAll(client, queries, range, signal);
  await inParallel(oddRuns(countings, answers, range), RUNS_AT_ONCE, async (run) => {
    const careful = run.countings.flatMap((c) => c.careful ?? []);
    const repairs = await askAll(client, careful, run.range, signal);
    for (const each of run.countings) repair(answers, each, repairs, run.range);
  });
  return withoutNaN(answers);
}

function repair(
  answers: Map<string, Answer>,
  { query, careful }: CountingQuery,
  repairs: ReadonlyMap<string, Answer>,
  { from, to }: Range,
): void {
  const quick = answers.get(query);
  const better = repairs.get(careful ?? "");
  if (!better || !quick || "refused" in quick) return;
  if ("refused" in better) answers.set(query, better);
  else {
    const outside = [...quick.series].filter(([at]) => at < from || at > to);
    answers.set(query, { series: new Map([...outside, ...better.series]) });
  }
}

interface OddRun {
  readonly range: Range;
  readonly countings: readonly CountingQuery[];
}

/** Odd steps at most this far apart are asked in one range, and further apart where there are many. */
const MERGE_STEPS = 5;
const MAX_RUNS = 24;

/** Runs of steps at which some quick answer is NaN, each with the queries that are odd in it. */
export function oddRuns(
  countings: readonly CountingQuery[],
  answers: Counts,
  { stepMs }: Range,
): OddRun[] {
  const odd = uniqueByQuery(countings)
    .map((counting) => ({ counting, times: counting.careful ? nanTimes(answers, counting) : [] }))
    .filter(({ times }) => times.length > 0);
  const all = [...new Set(odd.flatMap(({ times }) => times))].sort((a, b) => a - b);
  return fewRuns(all, stepMs * MERGE_STEPS).map(({ from, to }) => ({
    range: { from, to, stepMs },
    countings: odd
      .filter(({ times }) => times.some((at) => at >= from && at <= to))
      .map(({ counting }) => counting),
  }));
}

function uniqueByQuery(countings: readonly CountingQuery[]): CountingQuery[] {
  return [...new Map(countings.map((c) => [c.query, c])).values()];
}

function nanTimes(answers: Counts, { query }: CountingQuery): number[] {
  const answer = answers.get(query);
  if (!answer || "refused" in answer) return [];
  return [...answer.series].filter(([, value]) => Number.isNaN(value)).map(([at]) => at);
}

function fewRuns(times: readonly number[], reachMs: number): { from: number; to: number }[] {
  const runs = mergeTimes(times, reachMs);
  return runs.length <= MAX_RUNS ? runs : fewRuns(times, reachMs * 2);
}

function mergeTimes(times: readonly number[], reachMs: number): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const at of times) {
    const last = runs.at(-1);
    if (last && at - last.to <= reachMs) last.to = at;
    else runs.push({ from: at, to: at });
  }
  return runs;
}

/** What is still not a number is no answer. */
function withoutNaN(answers: ReadonlyMap<string, Answer>): Counts {
  const clean = ([query, answer]: [string, Answer]): [string, Answer] =>
    "refused" in answer
      ? [query, answer]
      : [query, { series: new Map([...answer.series].filter(([, v]) => Number.isFinite(v))) }];
  return new Map([...answers].map(clean));
}

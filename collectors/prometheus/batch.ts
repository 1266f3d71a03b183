import type { Line, PrometheusClient, Range } from "#collectors/prometheus/client.ts";
import { RefusedQuery } from "#collectors/prometheus/failure.ts";

/** Values of one query by the time at which it was evaluated (epoch ms). */
export type Series = ReadonlyMap<number, number>;

/** A query's values, or in words why the server will not evaluate it. */
export type Answer = { readonly series: Series } | { readonly refused: string };

const LABEL = "plimsoll";
const MAX_MEMBERS = 5;
/** Under VictoriaMetrics's limit of 16 KB for one query. */
const MAX_BYTES = 15_000;
const AT_ONCE = 4;
/** Prometheus refuses more than 11,000 points per series. */
const MAX_POINTS = 10_000;

/**
 * Asks every query over a range, each of them once, several per request. Queries must answer one
 * series at most. One that is refused fails alone: its batch is halved until it stands by itself.
 */
export async function askAll(
  client: PrometheusClient,
  queries: readonly string[],
  range: Range,
  signal: AbortSignal,
): Promise<Map<string, Answer>> {
  const tasks = splitRange(range).flatMap((part) =>
    batches([...new Set(queries)]).map((batch) => ({ part, batch })),
  );
  const answers = new Map<string, Answer>();
  await inParallel(tasks, AT_ONCE, async ({ part, batch }) => {
    for (const [query, answer] of await askBatch(client, batch, part, signal))
      answers.set(query, merge(answers.get(query), answer));
  });
  return answers;
}

function merge(known: Answer | undefined, more: Answer): Answer {
  if (!known || "refused" in known) return known ?? more;
  return "refused" in more ? more : { series: new Map([...known.series, ...more.series]) };
}

type Answers = [query: string, answer: Answer][];

async function askBatch(
  client: PrometheusClient,
  batch: readonly string[],
  range: Range,
  signal: AbortSignal,
): Promise<Answers> {
  try {
    const lines = await client.rangeQuery(joinQueries(batch), range, signal);
    return batch.map((query, i) => [query, { series: seriesOf(lines, i) }]);
  } catch (error) {
    if (!(error instanceof RefusedQuery)) throw error;
    const [first, ...others] = batch;
    if (first !== undefined && others.length === 0) return [[first, { refused: error.message }]];
    const half = Math.ceil(batch.length / 2);
    const left = await askBatch(client, batch.slice(0, half), range, signal);
    return [...left, ...(await askBatch(client, batch.slice(half), range, signal))];
  }
}

function seriesOf(lines: readonly Line[], index: number): Series {
  const line = lines.find((each) => each.labels[LABEL] === String(index));
  return new Map(line?.values.map(({ time, value }) => [time, value]));
}

/** Many queries as one, told apart by a label. */
export function joinQueries(queries: readonly string[]): string {
  return queries
    .map((query, i) => `label_replace(${query}, "${LABEL}", "${i}", "", "")`)
    .join(" or ");
}

/** Groups queries so that each joined text stays within the size that servers accept. */
export function batches(queries: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const query of queries) {
    const last = groups.at(-1);
    const fits = last && last.length < MAX_MEMBERS && bytes([...last, query]) <= MAX_BYTES;
    if (fits) last.push(query);
    else groups.push([query]);
  }
  return groups;
}

function bytes(queries: readonly string[]): number {
  return Buffer.byteLength(joinQueries(queries));
}

/** Cuts a range so that no request asks for more points than servers give. */
export function splitRange({ from, to, stepMs }: Range): Range[] {
  const parts: Range[] = [];
  const length = (MAX_POINTS - 1) * stepMs;
  for (let start = from; start <= to; start += length + stepMs)
    parts.push({ from: start, to: Math.min(to, start + length), stepMs });
  return parts;
}

/** Runs tasks, `limit` at a time; after the first failure no more are begun, and it is thrown. */
export async function inParallel<T>(
  tasks: readonly T[],
  limit: number,
  run: (task: T) => Promise<void>,
): Promise<void> {
  const queue = tasks.values();
  let failed = false;
  const worker = async () => {
    for (const task of queue) {
      if (failed) return;
      await run(task);
    }
  };
  const stop = (error: unknown) => {
    failed = true;
    throw error;
  };
  await Promise.all(
    Array.from({ length: Math.min(limit, tasks.length) }, () => worker().catch(stop)),
  );
}

import type { SliFailure } from "#collectors/collector.ts";
import type { Asking, EventsDefinition, EventsSli, Found } from "#collectors/prometheus/asking.ts";
import type { Answer, Series } from "#collectors/prometheus/batch.ts";
import type { Range } from "#collectors/prometheus/client.ts";
import { type Counts, count } from "#collectors/prometheus/count.ts";
import {
  BRIDGE_MS,
  bridgeGaps,
  type EventAnswers,
  eventBuckets,
} from "#collectors/prometheus/map.ts";
import { settleSuspects } from "#collectors/prometheus/suspects.ts";
import type { SliRequest } from "#collectors/prometheus/work.ts";
import { countingQuery } from "#lib/promql/counting.ts";

/** Counts the events of many SLIs over one span; totals they share are asked once. */
export async function collectEvents(
  asking: Asking,
  requests: readonly (SliRequest & { sli: EventsDefinition })[],
): Promise<Found[]> {
  const prepared = requests.map((request) => prepare(asking, request));
  const slis = prepared.filter((each) => "total" in each);
  const range = askedRange(asking.span);
  const counted = await ask(asking, slis, range);
  const around = await askAround(asking, slis, counted, range);
  const found: Found[] = prepared.filter((each) => "message" in each);
  for (const sli of slis) {
    const answers = readAnswers(sli, [counted, ...around]);
    found.push("message" in answers ? answers : await finish(asking, sli, answers));
  }
  return found;
}

function prepare(
  asking: Asking,
  { key, sli, trailingMax }: SliRequest & { sli: EventsDefinition },
) {
  const options = { ...asking.probe, stepMs: asking.span.stepMs, total: sli.total };
  const total = countingQuery(sli.total, options);
  const numerator = countingQuery(sli.numerator, options);
  if ("error" in total) return failure(key, `total: ${total.error}`);
  if ("error" in numerator) return failure(key, `${sli.counts}: ${numerator.error}`);
  const prepared: EventsSli = {
    key,
    sli,
    trailingMax,
    total: total.counting,
    numerator: numerator.counting,
  };
  return prepared;
}

function failure(sliKey: string, message: string): SliFailure {
  return { sliKey, message };
}

/**
 * Evaluation times. Beside a live tick, which begins at a covered minute, the step before the span is
 * asked too: if it is missing, a gap ends at the span's start.
 */
function askedRange({ purpose, from, to, stepMs }: Asking["span"]): Range {
  return { from: purpose === "tick" ? from + stepMs : from, to, stepMs };
}

function ask(asking: Asking, slis: readonly EventsSli[], range: Range): Promise<Counts> {
  const queries = slis.flatMap(({ total, numerator }) => [total, { ...numerator, presence: null }]);
  return count(asking.client, queries, range, asking.signal);
}

/** Looks before and after the span for SLIs with a gap at its edge, so that it is bridged alike from both sides. */
async function askAround(
  asking: Asking,
  slis: readonly EventsSli[],
  counted: Counts,
  range: Range,
): Promise<Counts[]> {
  const { stepMs } = range;
  if (stepMs > BRIDGE_MS) return [];
  const bridged = slis.filter(({ total }) => total.regains);
  const before = { from: range.from - BRIDGE_MS - stepMs, to: range.from - stepMs, stepMs };
  const latest = Math.min(range.to + BRIDGE_MS + stepMs, asking.settledAt);
  const after = { from: range.to + stepMs, to: latest, stepMs };
  const edges = bridged.map((sli) => ({ sli, ...edgesOf(sli, counted, range) }));
  const wanted = [
    { range: before, slis: edges.filter((e) => e.start).map((e) => e.sli) },
    { range: after, slis: edges.filter((e) => e.end).map((e) => e.sli) },
  ].filter((each) => each.slis.length > 0 && each.range.from <= each.range.to);
  return Promise.all(wanted.map((each) => ask(asking, each.slis, each.range)));
}

/** Whether a gap that is short enough to be bridged may reach beyond the asked range. */
function edgesOf(sli: EventsSli, counted: Counts, range: Range): { start: boolean; end: boolean } {
  const times = [...seriesOf(counted.get(sli.total.presence ?? sli.total.query)).keys()];
  const first = times.length > 0 ? Math.min(...times) : range.to;
  const last = times.length > 0 ? Math.max(...times) : range.from;
  const short = (ms: number) => ms > 0 && ms <= BRIDGE_MS;
  return { start: short(first - range.from), end: short(range.to - last) };
}

function seriesOf(answer: Answer | undefined): Series {
  return answer && "series" in answer ? answer.series : new Map();
}

function readAnswers(sli: EventsSli, parts: readonly Counts[]): EventAnswers | SliFailure {
  const { total, numerator } = sli;
  for (const query of [total.query, numerator.query, total.presence ?? total.query]) {
    const answer = parts[0]?.get(query);
    if (answer && "refused" in answer) return failure(sli.key, answer.refused);
  }
  const joined = (query: string) =>
    new Map(parts.flatMap((part) => [...seriesOf(part.get(query))]));
  return {
    total: joined(total.query),
    numerator: joined(numerator.query),
    presence: total.presence === null ? null : joined(total.presence),
  };
}

async function finish(asking: Asking, sli: EventsSli, answers: EventAnswers): Promise<Found> {
  const { from, to, stepMs } = asking.span;
  const counted = eventBuckets(sli.sli, answers, stepMs);
  const { buckets, suspects } = await settleSuspects(asking, sli, counted);
  const inside = ({ at }: { at: number }) => at > from && at <= to;
  return {
    key: sli.key,
    buckets: (sli.total.regains ? bridgeGaps(buckets, stepMs) : buckets).filter(inside),
    suspects: suspects.filter(inside),
  };
}

import type { SyntaxNode } from "@lezer/common";
import {
  childOf,
  durationMs,
  type Evaluation,
  notKnown,
  offsetOf,
} from "#demo/upstreams/query/context.ts";
import { readSelector } from "#demo/upstreams/query/selector.ts";
import {
  BadQuery,
  type Line,
  linesOf,
  type Value,
  vector,
  withoutName,
} from "#demo/upstreams/query/value.ts";
import type { Track } from "#demo/upstreams/recording.ts";
import { textOf } from "#lib/promql/tree.ts";

/** Functions of a counter's or gauge's recent samples. */
const OF_SELECTOR: Readonly<
  Record<string, (track: Track, t: number, rangeMs: number) => number | null>
> = {
  increase: (track, t, rangeMs) => track.growth(t, rangeMs),
  rate: (track, t, rangeMs) => perSecond(track.growth(t, rangeMs), rangeMs),
  last_over_time: (track, t, rangeMs) => track.last(t, rangeMs),
};

/** Functions of the values of a subquery; never of none. */
const OF_SUBQUERY: Readonly<Record<string, (values: readonly number[]) => number>> = {
  count_over_time: (values) => values.length,
  sum_over_time: (values) => values.reduce((sum, value) => sum + value, 0),
  avg_over_time: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  max_over_time: (values) => values.reduce((a, b) => Math.max(a, b)),
  min_over_time: (values) => values.reduce((a, b) => Math.min(a, b)),
};

/** `increase(x[5m])`, `count_over_time((…)[1h:1m])` and their like. */
export function overRange(
  at: Evaluation,
  name: string,
  call: SyntaxNode,
  argument: SyntaxNode,
): Value {
  const shifted = argument.name === "OffsetExpr";
  const offsetMs = shifted ? offsetOf(at.tree, argument) : 0;
  const range = shifted ? childOf(at, argument) : argument;
  if (range.name === "MatrixSelector") return ofSelector(at, name, range, offsetMs);
  if (range.name === "SubqueryExpr" && !shifted) return ofSubquery(at, name, range);
  throw notKnown(at.tree, call);
}

function ofSelector(at: Evaluation, name: string, node: SyntaxNode, offsetMs: number): Value {
  const read = OF_SELECTOR[name];
  if (!read) throw new BadQuery(`the demo's stand-in does not know ${name}() of a selector`);
  const selects = readSelector(at.tree, childOf(at, node));
  const [rangeMs = 0] = durationsOf(at, node);
  const tracks = at.recording.tracks.filter((track) => selects(track.labels));
  return vector(
    tracks.map((track) => ({
      labels: name === "last_over_time" ? track.labels : withoutName(track.labels),
      values: at.times.map((t) => read(track, t - offsetMs, rangeMs)),
    })),
  );
}

/** The inner query is evaluated once, on the grid of all windows; as in Prometheus 3 a window is `(t - range, t]`. */
function ofSubquery(at: Evaluation, name: string, node: SyntaxNode): Value {
  const read = OF_SUBQUERY[name];
  const [rangeMs, stepMs] = durationsOf(at, node);
  if (!read || !rangeMs || !stepMs) throw notKnown(at.tree, node);
  const grid = gridOf(at.times, rangeMs, stepMs);
  const lines = linesOf(at.worth(childOf(at, node), grid), name);
  const first = grid[0] ?? 0;
  const window = (line: Line, t: number): number | null => {
    const start = Math.floor((t - rangeMs - first) / stepMs) + 1;
    const end = Math.floor((t - first) / stepMs) + 1;
    const present = line.values.slice(Math.max(0, start), end).filter((v) => v !== null);
    return present.length === 0 ? null : read(present);
  };
  return vector(
    lines.map((line) => ({
      labels: withoutName(line.labels),
      values: at.times.map((t) => window(line, t)),
    })),
  );
}

/** Subqueries stand on multiples of their step, whatever the query's own times are. */
function gridOf(times: readonly number[], rangeMs: number, stepMs: number): number[] {
  const from = Math.floor(((times[0] ?? 0) - rangeMs) / stepMs) * stepMs;
  const length = Math.floor(((times.at(-1) ?? 0) - from) / stepMs) + 1;
  return Array.from({ length }, (_, i) => from + i * stepMs);
}

function durationsOf(at: Evaluation, node: SyntaxNode): number[] {
  return node.getChildren("DurationExpr").map((child) => durationMs(textOf(at.tree, child)));
}

function perSecond(growth: number | null, rangeMs: number): number | null {
  return growth === null ? null : growth / (rangeMs / 1000);
}

import type { SyntaxNode } from "@lezer/common";
import { aggregate } from "#demo/upstreams/query/aggregate.ts";
import { combine } from "#demo/upstreams/query/binary.ts";
import { callFunction } from "#demo/upstreams/query/call.ts";
import { childOf, type Evaluation, notKnown, offsetOf } from "#demo/upstreams/query/context.ts";
import { readSelector } from "#demo/upstreams/query/selector.ts";
import { BadQuery, type Value, vector } from "#demo/upstreams/query/value.ts";
import type { Recording } from "#demo/upstreams/recording.ts";
import { type PromqlTree, parsePromql, textOf } from "#lib/promql/tree.ts";

/** How far back an instant selector looks, as in Prometheus. */
const LOOKBACK_MS = 5 * 60_000;

/**
 * The few forms of PromQL that our collector sends, evaluated by their syntax tree at every time of
 * a range at once. Anything else is refused, never guessed.
 */
export function evaluateQuery(
  recording: Recording,
  query: string,
  times: readonly number[],
): Value {
  const parsed = parsePromql(query);
  if ("error" in parsed) throw new BadQuery(`parse error: ${parsed.error.message}`);
  return evaluationAt(recording, parsed.tree, times).worth(parsed.tree.root);
}

function evaluationAt(
  recording: Recording,
  tree: PromqlTree,
  times: readonly number[],
): Evaluation {
  const at: Evaluation = {
    recording,
    tree,
    times,
    worth: (node, others) => evaluate(others ? evaluationAt(recording, tree, others) : at, node),
  };
  return at;
}

function evaluate(at: Evaluation, node: SyntaxNode): Value {
  switch (node.name) {
    case "NumberDurationLiteral":
      return { kind: "scalar", number: readNumber(textOf(at.tree, node)) };
    case "ParenExpr":
      return at.worth(childOf(at, node));
    case "VectorSelector":
      return instant(at, node, 0);
    case "OffsetExpr":
      return instant(at, childOf(at, node), offsetOf(at.tree, node));
    case "FunctionCall":
      return callFunction(at, node);
    case "AggregateExpr":
      return aggregate(at, node);
    case "BinaryExpr":
      return combine(at, node);
    default:
      throw notKnown(at.tree, node);
  }
}

function instant(at: Evaluation, node: SyntaxNode, offsetMs: number): Value {
  if (node.name !== "VectorSelector") throw notKnown(at.tree, node);
  const selects = readSelector(at.tree, node);
  const tracks = at.recording.tracks.filter((track) => selects(track.labels));
  return vector(
    tracks.map((track) => ({
      labels: track.labels,
      values: at.times.map((t) => track.last(t - offsetMs, LOOKBACK_MS)),
    })),
  );
}

function readNumber(text: string): number {
  if (/^inf$/i.test(text)) return Number.POSITIVE_INFINITY;
  const number = Number(text);
  if (Number.isNaN(number) && !/^nan$/i.test(text)) throw new BadQuery(`${text} is not a number`);
  return number;
}

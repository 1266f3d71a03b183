import type { SyntaxNode } from "@lezer/common";
import { type Evaluation, notKnown } from "#demo/upstreams/query/context.ts";
import {
  except,
  groupBy,
  keyOf,
  type Labels,
  type Line,
  linesOf,
  only,
  type Value,
  vector,
} from "#demo/upstreams/query/value.ts";
import { textOf } from "#lib/promql/tree.ts";

/** What becomes of the values of one group at one time; never of none. */
const OPERATIONS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  Count: (values) => values.length,
  Avg: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  Max: (values) => values.reduce((a, b) => (b > a || Number.isNaN(a) ? b : a)),
  Min: (values) => values.reduce((a, b) => (b < a || Number.isNaN(a) ? b : a)),
};

/** `sum by (le) (…)` and its like. */
export function aggregate(at: Evaluation, node: SyntaxNode): Value {
  const operation = OPERATIONS[node.getChild("AggregateOp")?.firstChild?.name ?? ""];
  const inner = node.getChild("FunctionCallBody")?.firstChild;
  if (!operation || !inner || inner.nextSibling) throw notKnown(at.tree, node);
  const keep = readGrouping(at, node);
  const lines = linesOf(at.worth(inner), "an aggregation").map((line) => ({
    ...line,
    labels: keep(line.labels),
  }));
  const groups = groupBy(lines, ({ labels }) => keyOf(labels));
  return vector(groups.map((group) => merge(group, operation, at.times.length)));
}

function merge(
  group: readonly Line[],
  operation: (values: readonly number[]) => number,
  length: number,
): Line {
  const values = Array.from({ length }, (_, i) => {
    const present = group.flatMap((line) => line.values[i] ?? []);
    return present.length === 0 ? null : operation(present);
  });
  return { labels: group[0]?.labels ?? {}, values };
}

function readGrouping(at: Evaluation, node: SyntaxNode): (labels: Labels) => Labels {
  const modifier = node.getChild("AggregateModifier");
  if (!modifier) return () => ({});
  const names = (modifier.getChild("GroupingLabels")?.getChildren("LabelName") ?? []).map((name) =>
    textOf(at.tree, name),
  );
  return modifier.getChild("By")
    ? (labels) => only(labels, names)
    : (labels) => except(labels, ["__name__", ...names]);
}

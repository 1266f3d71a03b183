import type { SyntaxNode } from "@lezer/common";
import { type Evaluation, notKnown } from "#demo/upstreams/query/context.ts";
import { histogramQuantile } from "#demo/upstreams/query/quantile.ts";
import { overRange } from "#demo/upstreams/query/range.ts";
import { unquote, wholePattern } from "#demo/upstreams/query/selector.ts";
import { type Line, linesOf, type Value, vector } from "#demo/upstreams/query/value.ts";
import { textOf } from "#lib/promql/tree.ts";

/** A function call, by its name. */
export function callFunction(at: Evaluation, node: SyntaxNode): Value {
  const name = textOf(at.tree, node.getChild("FunctionIdentifier") ?? node);
  const [first, ...others] = argumentsOf(node);
  if (!first) throw notKnown(at.tree, node);
  if (name === "label_replace") return labelReplace(at, first, others);
  if (name === "histogram_quantile") return quantileOf(at, first, others);
  return overRange(at, name, node, first);
}

function argumentsOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  let child = node.getChild("FunctionCallBody")?.firstChild ?? null;
  for (; child; child = child.nextSibling) found.push(child);
  return found;
}

function labelReplace(at: Evaluation, first: SyntaxNode, others: readonly SyntaxNode[]): Value {
  const [target = "", replacement = "", source = "", pattern = ""] = others.map((node) =>
    unquote(textOf(at.tree, node)),
  );
  const whole = wholePattern(pattern);
  const replace = (line: Line): Line => {
    const value = line.labels[source] ?? "";
    if (!whole.test(value)) return line;
    return { ...line, labels: { ...line.labels, [target]: value.replace(whole, replacement) } };
  };
  return vector(linesOf(at.worth(first), "label_replace").map(replace));
}

function quantileOf(at: Evaluation, first: SyntaxNode, others: readonly SyntaxNode[]): Value {
  const q = at.worth(first);
  const [buckets] = others;
  if (q.kind !== "scalar" || !buckets) throw notKnown(at.tree, first);
  return histogramQuantile(q.number, linesOf(at.worth(buckets), "histogram_quantile"));
}

import type { SyntaxNode } from "@lezer/common";
import { readCounters } from "#lib/promql/counters.ts";
import { aggregationOf, argumentsOf, nameOfCall } from "#lib/promql/syntax.ts";
import { findAll, type PromqlTree, parsePromql, textOf } from "#lib/promql/tree.ts";

/** Functions that read a range of samples. */
const RANGE_FUNCTION =
  /^(rate|irate|increase|delta|idelta|deriv|predict_linear|resets|changes|holt_winters|double_exponential_smoothing|\w+_over_time)$/;
const COUNTING = new Set(["rate", "irate", "increase", "sum_over_time", "count_over_time"]);
const RANGES = new Set(["MatrixSelector", "SubqueryExpr"]);
const MODIFIERS = new Set(
  "OffsetExpr StepInvariantExpr ParenExpr AnchoredExpr SmoothedExpr".split(" "),
);

/**
 * A range where a function needs none, or none where it needs one, in a sentence; null when all is
 * well. The grammar alone accepts both.
 * @example rangeMistake(tree of "sum(rate(x))") // "rate() needs a time range: write rate(x[5m])"
 */
export function rangeMistake(tree: PromqlTree): string | null {
  const wanted = new Set<string>();
  for (const call of findAll(tree.root, "FunctionCall")) {
    const name = nameOfCall(tree, call);
    if (!RANGE_FUNCTION.test(name)) continue;
    const range = argumentsOf(call)
      .map(withoutModifiers)
      .find((node) => RANGES.has(node.name));
    if (!range) return `${name}() needs a time range: write ${name}(${rangedExample(tree, call)})`;
    wanted.add(placeOf(range));
  }
  const stray = [...RANGES]
    .flatMap((type) => findAll(tree.root, type))
    .find((range) => !wanted.has(placeOf(range)));
  if (!stray) return null;
  const text = shown(tree, stray);
  return `“${text}” is a range, which only functions such as rate() can read: write rate(${text})`;
}

/** A range of a range, as in x[5m][5m], begins where the inner one does. */
function placeOf({ from, to }: SyntaxNode): string {
  return `${from}-${to}`;
}

function rangedExample(tree: PromqlTree, call: SyntaxNode): string {
  const argument = argumentsOf(call).find((node) => node.name === "VectorSelector");
  return `${argument ? textOf(tree, argument) : "x"}[5m]`;
}

/** Without what pads a template's place. */
function shown(tree: PromqlTree, node: SyntaxNode): string {
  return textOf(tree, node).replaceAll(/\b0{2,}5m/g, "5m");
}

function withoutModifiers(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (MODIFIERS.has(inner.name) && inner.firstChild) inner = inner.firstChild;
  return inner;
}

/**
 * Why the events of a query cannot be counted, in a sentence; null when they can. Only sums of
 * rate(), increase() and the like are counts of events: an average or a maximum of them is not.
 * @example eventsMistake("avg(rate(x[5m]))") // "avg() of rates does not count events; write sum()"
 */
export function eventsMistake(query: string): string | null {
  const parsed = parsePromql(query);
  if ("error" in parsed) return parsed.error.message;
  const { tree } = parsed;
  for (const call of findAll(tree.root, "FunctionCall")) {
    const name = nameOfCall(tree, call);
    if (RANGE_FUNCTION.test(name) && !COUNTING.has(name)) {
      return `${name}() does not count events; write rate() or increase() of a counter`;
    }
  }
  const counters = readCounters(tree);
  if ("error" in counters) return counters.error;
  const other = findAll(tree.root, "AggregateExpr").map((node) => aggregationOf(tree, node));
  const wrong = other.find((name) => name !== "sum");
  return wrong ? `${wrong}() of rates does not count events; write sum()` : null;
}

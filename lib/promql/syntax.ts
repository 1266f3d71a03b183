import type { SyntaxNode } from "@lezer/common";
import { findAll, type PromqlTree, textOf } from "#lib/promql/tree.ts";

/**
 * The expression inside any parentheses around it.
 * @example unwrap(node of "((a))") // node of "a"
 */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.name === "ParenExpr" && inner.firstChild) inner = inner.firstChild;
  return inner;
}

/**
 * The value of a number literal, signs and hexadecimal included; null for anything else, durations too.
 * @example numberOf(tree, node of "0x10") // 16
 */
export function numberOf(tree: PromqlTree, node: SyntaxNode): number | null {
  if (node.name !== "NumberDurationLiteral") return null;
  const value = Number(textOf(tree, node).replaceAll("_", ""));
  return Number.isNaN(value) ? null : value;
}

export interface Operands {
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
  /** The grammar's name: Div, Mul, Add, Sub, Or, Gtr … */
  readonly operator: string;
}

/**
 * Both sides of a binary expression; null for another node.
 * @example operands(node of "a / b")?.operator // "Div"
 */
export function operands(node: SyntaxNode): Operands | null {
  if (node.name !== "BinaryExpr") return null;
  const [left, right] = [node.firstChild, node.lastChild];
  const operator = left?.nextSibling?.name;
  return left && right && operator ? { left, right, operator } : null;
}

/**
 * The name of a function call as written; "" for another node.
 * @example nameOfCall(tree, node of "rate(x[5m])") // "rate"
 */
export function nameOfCall(tree: PromqlTree, node: SyntaxNode): string {
  const name = node.getChild("FunctionIdentifier");
  return name ? textOf(tree, name) : "";
}

/**
 * The arguments of a function call or aggregation, in order.
 * @example argumentsOf(node of "clamp(x, 0, 1)").length // 3
 */
export function argumentsOf(node: SyntaxNode): SyntaxNode[] {
  const body = node.getChild("FunctionCallBody");
  const found: SyntaxNode[] = [];
  for (let child = body?.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

/**
 * The operator of an aggregation in lower case; "" for another node.
 * @example aggregationOf(tree, node of "SUM by (le) (x)") // "sum"
 */
export function aggregationOf(tree: PromqlTree, node: SyntaxNode): string {
  const operator = node.name === "AggregateExpr" ? node.getChild("AggregateOp") : null;
  return operator ? textOf(tree, operator).toLowerCase() : "";
}

/**
 * Labels that an aggregation keeps (`by`); empty when it keeps none; null for `without`.
 * @example keptLabels(tree, node of "sum by (le) (x)") // ["le"]
 */
export function keptLabels(tree: PromqlTree, node: SyntaxNode): string[] | null {
  const modifier = node.getChild("AggregateModifier");
  if (!modifier) return [];
  if (!modifier.getChild("By")) return null;
  return findAll(modifier, "LabelName").map((label) => textOf(tree, label));
}

/**
 * How many nodes stand above the deepest one: recursion over a query goes this deep.
 * @example depthOf(node of "x") // 2
 */
export function depthOf(root: SyntaxNode): number {
  let depth = 0;
  let deepest = 0;
  root.cursor().iterate(
    () => {
      deepest = Math.max(deepest, ++depth);
    },
    () => {
      depth--;
    },
  );
  return deepest;
}

/**
 * Whether a query can give more than one series: it ends neither in an aggregation without labels nor
 * in a number. A quantile of `sum by (le)` gives one.
 * @example givesSeveral(tree, node of "sum by (path) (x)") // true
 */
export function givesSeveral(tree: PromqlTree, wrapped: SyntaxNode): boolean {
  const node = unwrap(wrapped);
  const parts = operands(node);
  if (parts) return [parts.left, parts.right].some((side) => givesSeveral(tree, side));
  if (node.name === "UnaryExpr" && node.lastChild) return givesSeveral(tree, node.lastChild);
  if (node.name === "AggregateExpr") return severalGroups(tree, node);
  if (node.name === "FunctionCall") return severalFromCall(tree, node);
  return node.name !== "NumberDurationLiteral";
}

function severalGroups(tree: PromqlTree, node: SyntaxNode): boolean {
  if (/^(topk|bottomk|limitk|limit_ratio|count_values)$/.test(aggregationOf(tree, node)))
    return true;
  return keptLabels(tree, node)?.length !== 0;
}

function severalFromCall(tree: PromqlTree, node: SyntaxNode): boolean {
  const name = nameOfCall(tree, node);
  if (/^(vector|scalar|time|absent|absent_over_time|pi)$/.test(name)) return false;
  const of = argumentsOf(node);
  if (name !== "histogram_quantile") return of.some((argument) => givesSeveral(tree, argument));
  const buckets = of.at(-1);
  if (!buckets) return true;
  const kept = keptLabels(tree, unwrap(buckets));
  const onlyLe = unwrap(buckets).name === "AggregateExpr" && kept?.every((label) => label === "le");
  return !onlyLe;
}

import type { SyntaxNode } from "@lezer/common";
import { argumentsOf, nameOfCall, numberOf, operands, unwrap } from "#lib/promql/syntax.ts";
import { type PromqlTree, textOf } from "#lib/promql/tree.ts";

/** What a metric says about its share: `value = numerator / total`, or the rest of it to one. */
export interface RatioSplit {
  readonly numerator: string;
  readonly total: string;
  /** The value is `1 - numerator / total`. */
  readonly complement: boolean;
  /** 100 when the author works in percent. */
  readonly scale: 1 | 100;
  /** A part was left out because it would show missing data as good or bad: `or vector(1)`. */
  readonly dropped: string | null;
}

/**
 * Splits a query that is one ratio at its top by its syntax tree: `A/B`, `1 - A/B`, `100 * A/B`
 * (which is `(100 * A) / B`), `A/B * 100`, `1 - (A-C)/B`, in parentheses, clamped, with `on()` and
 * `group_left`, `or vector(…)`, and `B > 0` guards. The share of a native histogram between two
 * limits is one too. Null when the top is something else.
 * @example splitRatio(tree of "100 * a / b") // { numerator: "a", total: "b", complement: false, scale: 100, … }
 */
export function splitRatio(tree: PromqlTree): RatioSplit | { error: string } | null {
  const { offset, factor, term, dropped } = linear(tree, tree.root);
  const parts = term && ("total" in term ? textsOf(tree, term) : fractionOf(tree, term));
  if (!parts) return null;
  const shape = SHAPES.find((s) => near(s.offset, offset) && near(s.factor, factor));
  if (!shape) return { error: oddRatio(offset, factor) };
  const { complement, scale } = shape;
  return { ...parts, complement, scale, dropped };
}

type Parts = Pick<RatioSplit, "numerator" | "total">;

function textsOf(tree: PromqlTree, { numerator, total }: Ratio): Parts {
  return { numerator: textOf(tree, numerator), total: textOf(tree, total) };
}

/** `histogram_fraction(low, high, H)` of rates: that share of the events that H counts. */
function fractionOf(tree: PromqlTree, node: SyntaxNode): Parts | null {
  if (nameOfCall(tree, node) !== "histogram_fraction") return null;
  const histogram = argumentsOf(node)[2];
  if (!histogram || !/\b(rate|increase)\s*\(/.test(textOf(tree, histogram))) return null;
  const total = `histogram_count(${textOf(tree, histogram)})`;
  return { numerator: `${textOf(tree, node)} * ${total}`, total };
}

const SHAPES = [
  { offset: 0, factor: 1, complement: false, scale: 1 },
  { offset: 1, factor: -1, complement: true, scale: 1 },
  { offset: 0, factor: 100, complement: false, scale: 100 },
  { offset: 100, factor: -100, complement: true, scale: 100 },
] as const;

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-9;
}

function oddRatio(offset: number, factor: number): string {
  const start = offset === 0 ? "" : `${offset} ${factor < 0 ? "-" : "+"} `;
  const times = offset === 0 ? factor : Math.abs(factor);
  return (
    `works out as ${start}${times} * (numerator / total), which is not a share; ` +
    "write A/B, 1 - A/B, or either times 100"
  );
}

/** `value = offset + factor * term`; without a term it is a plain number. */
interface Linear {
  readonly offset: number;
  readonly factor: number;
  readonly term: SyntaxNode | Ratio | null;
  readonly dropped: string | null;
}

interface Ratio {
  readonly numerator: SyntaxNode;
  readonly total: SyntaxNode;
}

function plain(node: SyntaxNode): Linear {
  return { offset: 0, factor: 1, term: node, dropped: null };
}

function linear(tree: PromqlTree, wrapped: SyntaxNode): Linear {
  const node = unwrap(wrapped);
  const number = numberOf(tree, node);
  if (number !== null) return { offset: number, factor: 0, term: null, dropped: null };
  if (node.name === "UnaryExpr") return negated(tree, node);
  if (node.name === "FunctionCall") return clamped(tree, node);
  return node.name === "BinaryExpr" ? binary(tree, node) : plain(node);
}

function negated(tree: PromqlTree, node: SyntaxNode): Linear {
  const inner = node.lastChild;
  if (!inner) return plain(node);
  const read = linear(tree, inner);
  return textOf(tree, node).startsWith("-") ? scaled(read, -1) : read;
}

/** `clamp_max(A/B, 1)` keeps a share a share. */
function clamped(tree: PromqlTree, node: SyntaxNode): Linear {
  const inner = nameOfCall(tree, node).startsWith("clamp") ? argumentsOf(node)[0] : undefined;
  const read = inner ? linear(tree, inner) : null;
  return read && isRatio(read) ? read : plain(node);
}

function binary(tree: PromqlTree, node: SyntaxNode): Linear {
  const parts = operands(node);
  if (!parts) return plain(node);
  const { left, right, operator } = parts;
  if (operator === "Or") return withoutDefault(tree, node, linear(tree, left));
  const [a, b] = [linear(tree, left), linear(tree, right)];
  if (operator === "Div") return divided(a, b) ?? plain(node);
  if (operator === "Mul") return multiplied(a, b) ?? plain(node);
  if (operator === "Add") return added(a, b) ?? plain(node);
  if (operator === "Sub") return added(a, scaled(b, -1)) ?? plain(node);
  return isGuard(operator, b) && !node.getChild("BoolModifier") ? a : plain(node);
}

/** `B > 0` only keeps a division by zero away; without it, no traffic can be told from no data. */
function isGuard(operator: string, right: Linear): boolean {
  return (operator === "Gtr" || operator === "Neq") && right.term === null && right.offset === 0;
}

function withoutDefault(tree: PromqlTree, node: SyntaxNode, left: Linear): Linear {
  if (!isRatio(left)) return plain(node);
  const { from = node.from, to = node.to } = node.getChild("Or") ?? {};
  return { ...left, dropped: textOf(tree, { from, to: Math.max(to, node.to) }) };
}

function divided(a: Linear, b: Linear): Linear | null {
  if (b.term === null) return b.offset === 0 ? null : scaled(a, 1 / b.offset);
  if (a.offset !== 0 || b.offset !== 0 || isRatio(a) || isRatio(b)) return null;
  if (a.term === null || "total" in a.term || "total" in b.term) return null;
  const factor = a.factor / b.factor;
  return { offset: 0, factor, term: { numerator: a.term, total: b.term }, dropped: null };
}

function multiplied(a: Linear, b: Linear): Linear | null {
  if (b.term === null) return scaled(a, b.offset);
  return a.term === null ? scaled(b, a.offset) : null;
}

function added(a: Linear, b: Linear): Linear | null {
  if (a.term !== null && b.term !== null) return null;
  const [rest, number] = a.term === null ? [b, a] : [a, b];
  return { ...rest, offset: rest.offset + number.offset };
}

function scaled(read: Linear, by: number): Linear {
  return { ...read, offset: read.offset * by, factor: read.factor * by };
}

function isRatio(read: Linear): boolean {
  return read.term !== null && "total" in read.term;
}

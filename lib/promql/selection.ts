import type { SyntaxNode } from "@lezer/common";
import { nameOfCall } from "#lib/promql/syntax.ts";
import { findAll, type PromqlTree, textOf } from "#lib/promql/tree.ts";

/** What Prometheus refuses, in a sentence; `lax`: VictoriaMetrics takes it. */
export interface KindMistake {
  readonly message: string;
  readonly lax: boolean;
}

/** A range of these is a subquery to VictoriaMetrics. */
const GROUPED = new Set(["ParenExpr", "AggregateExpr", "FunctionCall"]);

/**
 * A range of more than one metric; null when it is of one.
 * @example rangeOfMore(tree, node of "(a - b)[5m]")?.message // "a range such as [5m] stands after one metric, …"
 */
export function rangeOfMore(tree: PromqlTree, node: SyntaxNode): KindMistake | null {
  const of = node.firstChild;
  if (!of || of.name === "VectorSelector") return null;
  const text = textOf(tree, of);
  const name = /^[\w:]+(\s*[-/.]\s*[\w:]+)+$/.test(text)
    ? "; a metric’s name has no such sign"
    : "";
  const message = `a range such as [5m] stands after one metric, not after “${text}”${name}`;
  return { message, lax: GROUPED.has(of.name) };
}

/**
 * A selector without a name in which every matcher takes an absent label; else null. The labels that
 * info() joins in are written like one, and may be anything.
 * @example selectsEverything(tree, node of '{code!="500"}')?.message // "“{code!="500"}” selects everything; …"
 */
export function selectsEverything(tree: PromqlTree, node: SyntaxNode): KindMistake | null {
  const call = node.parent?.name === "FunctionCallBody" ? node.parent.parent : null;
  if (call && nameOfCall(tree, call) === "info") return null;
  if (node.getChild("Identifier") || findAll(node, "QuotedLabelName").length > 0) return null;
  const matchers = [
    ...findAll(node, "UnquotedLabelMatcher"),
    ...findAll(node, "QuotedLabelMatcher"),
  ];
  if (matchers.some((matcher) => !takesAbsent(tree, matcher))) return null;
  const message = `“${textOf(tree, node)}” selects everything; write a metric’s name before it`;
  return { message, lax: false };
}

function takesAbsent(tree: PromqlTree, matcher: SyntaxNode): boolean {
  const sign = textOf(tree, matcher.getChild("MatchOp") ?? matcher);
  const literal = matcher.getChildren("StringLiteral").at(-1) ?? matcher;
  const value = textOf(tree, literal).slice(1, -1);
  if (sign === "=") return value === "";
  if (sign === "!=") return value !== "";
  return takesEmpty(value) === (sign === "=~");
}

/** What is no regular expression here may be one there, and is left to it. */
function takesEmpty(pattern: string): boolean | null {
  try {
    return new RegExp(`^(?:${pattern})$`).test("");
  } catch {
    return null;
  }
}

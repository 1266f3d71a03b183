import type { SyntaxNode } from "@lezer/common";
import { rangeOfMore, selectsEverything } from "#lib/promql/selection.ts";
import {
  type Signature,
  signatureOf,
  signatureOfAggregation,
  type ValueKind,
} from "#lib/promql/signatures.ts";
import { aggregationOf, argumentsOf, nameOfCall, operands } from "#lib/promql/syntax.ts";
import { findAll, type PromqlTree, textOf } from "#lib/promql/tree.ts";

const SETS = new Set(["And", "Or", "Unless"]);
const COMPARISONS = new Set(["Eql", "EqlSingle", "Neq", "Gtr", "Gte", "Lss", "Lte"]);
const WORDS: Readonly<Record<ValueKind, string>> = {
  vector: "a query",
  number: "a number",
  range: "a range such as x[5m]",
  text: "a text in quotes",
};

/**
 * What Prometheus refuses though the grammar allows it, in a sentence: a range of a sum, a function with
 * other arguments than it takes, a text in a sum. Null when all is well.
 * @example kindMistake(tree of "rate(a - b[5m])") // "[5m] stands after one metric, not after “a - b”; …"
 */
export function kindMistake(tree: PromqlTree): string | null {
  for (const [type, check] of CHECKS) {
    for (const node of findAll(tree.root, type)) {
      const mistake = check(tree, node);
      if (mistake) return mistake;
    }
  }
  return null;
}

const CHECKS: readonly (readonly [
  string,
  (tree: PromqlTree, node: SyntaxNode) => string | null,
])[] = [
  ["MatrixSelector", rangeOfMore],
  ["VectorSelector", selectsEverything],
  ["FunctionCall", wrongArguments],
  ["AggregateExpr", wrongArguments],
  ["UnaryExpr", wrongOperand],
  ["BinaryExpr", wrongOperands],
];

function wrongArguments(tree: PromqlTree, node: SyntaxNode): string | null {
  const signature = signatureAt(tree, node);
  const given = argumentsOf(node);
  if (!signature || fits(tree, given, signature)) return null;
  const name = nameOfCall(tree, node) || aggregationOf(tree, node);
  const got = given.map((argument) => textOf(tree, argument)).join(", ");
  const wanted = signature.takes.map((kind) => WORDS[kind]).join(", ");
  return `${name}() takes ${wanted || "nothing"}; got ${got ? `“${got}”` : "nothing"}`;
}

function signatureAt(tree: PromqlTree, node: SyntaxNode): Signature | null {
  if (node.name === "FunctionCall") return signatureOf(nameOfCall(tree, node));
  return signatureOfAggregation(aggregationOf(tree, node));
}

function fits(tree: PromqlTree, given: readonly SyntaxNode[], signature: Signature): boolean {
  const { takes, optional, repeats } = signature;
  if (given.length < takes.length - optional) return false;
  if (given.length > takes.length && !repeats) return false;
  return given.every((node, i) => {
    const kind = kindOf(tree, node);
    return kind === null || kind === (takes[i] ?? takes.at(-1));
  });
}

function wrongOperand(tree: PromqlTree, node: SyntaxNode): string | null {
  const operand = node.lastChild;
  const kind = operand && kindOf(tree, operand);
  return operand && kind === "text" ? noNumber(tree, operand) : null;
}

function wrongOperands(tree: PromqlTree, node: SyntaxNode): string | null {
  const parts = operands(node);
  if (!parts) return null;
  const sides = [parts.left, parts.right];
  const kinds = sides.map((side) => kindOf(tree, side));
  const text = sides.find((_, i) => kinds[i] === "text");
  if (text) return noNumber(tree, text);
  const number = sides.find((_, i) => kinds[i] === "number");
  if (number && SETS.has(parts.operator)) {
    const written = textOf(tree, number);
    return `“${written}” is a number, but sets are made of queries; write vector(${written})`;
  }
  const alone = kinds.every((kind) => kind === "number") && COMPARISONS.has(parts.operator);
  return alone && !node.getChild("BoolModifier")
    ? `“${textOf(tree, node)}” compares two numbers; write bool after the sign`
    : null;
}

function noNumber(tree: PromqlTree, node: SyntaxNode): string {
  return `“${textOf(tree, node)}” is a text and cannot be reckoned with`;
}

/** Null where it is not known. */
function kindOf(tree: PromqlTree, node: SyntaxNode): ValueKind | null {
  const inner = node.name === "UnaryExpr" ? node.lastChild : node.firstChild;
  switch (node.name) {
    case "NumberDurationLiteral":
      return "number";
    case "StringLiteral":
      return "text";
    case "MatrixSelector":
    case "SubqueryExpr":
      return "range";
    case "VectorSelector":
    case "AggregateExpr":
      return "vector";
    case "FunctionCall":
      return signatureOf(nameOfCall(tree, node))?.gives ?? null;
    case "BinaryExpr":
      return kindOfBoth(tree, node);
    default:
      return inner ? kindOf(tree, inner) : null;
  }
}

function kindOfBoth(tree: PromqlTree, node: SyntaxNode): ValueKind | null {
  const parts = operands(node);
  if (!parts) return null;
  const kinds = [kindOf(tree, parts.left), kindOf(tree, parts.right)];
  return kinds.every((kind) => kind === "number") ? "number" : "vector";
}

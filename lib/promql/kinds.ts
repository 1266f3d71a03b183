import type { SyntaxNode } from "@lezer/common";
import { type KindMistake, rangeOfMore, selectsEverything } from "#lib/promql/selection.ts";
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
 * What Prometheus refuses though the grammar allows it: a range of a sum, a function with other
 * arguments than it takes, a text in a sum. One that every server refuses comes before one that only
 * some do; null when all is well.
 * @example kindMistake(tree of "sum(x) or 0") // { message: "“0” is a number, …", lax: true }
 */
export function kindMistake(tree: PromqlTree): KindMistake | null {
  const mistakes = CHECKS.flatMap(([type, check]) =>
    findAll(tree.root, type).flatMap((node) => check(tree, node) ?? []),
  );
  return mistakes.find(({ lax }) => !lax) ?? mistakes[0] ?? null;
}

type Check = (tree: PromqlTree, node: SyntaxNode) => KindMistake | null;

const CHECKS: readonly (readonly [string, Check])[] = [
  ["MatrixSelector", rangeOfMore],
  ["VectorSelector", selectsEverything],
  ["FunctionCall", wrongArguments],
  ["AggregateExpr", wrongArguments],
  ["UnaryExpr", wrongOperand],
  ["BinaryExpr", wrongOperands],
];

function wrongArguments(tree: PromqlTree, node: SyntaxNode): KindMistake | null {
  const signature = signatureAt(tree, node);
  const given = argumentsOf(node);
  const fit = signature ? fitOf(tree, given, signature) : "fits";
  if (!signature || fit === "fits") return null;
  const name = nameOfCall(tree, node) || aggregationOf(tree, node);
  const got = given.map((argument) => textOf(tree, argument)).join(", ");
  const wanted = signature.takes.map((kind) => WORDS[kind]).join(", ");
  const message = `${name}() takes ${wanted || "nothing"}; got ${got ? `“${got}”` : "nothing"}`;
  return { message, lax: fit === "lax" };
}

function signatureAt(tree: PromqlTree, node: SyntaxNode): Signature | null {
  if (node.name === "FunctionCall") return signatureOf(nameOfCall(tree, node));
  return signatureOfAggregation(aggregationOf(tree, node));
}

/** "lax": a number stands for a query, which is one and the same to VictoriaMetrics. */
function fitOf(
  tree: PromqlTree,
  given: readonly SyntaxNode[],
  { takes, optional, repeats }: Signature,
): "fits" | "lax" | "no" {
  if (given.length < takes.length - optional) return "no";
  if (given.length > takes.length && !repeats) return "no";
  const odd = given.flatMap((node, i) => {
    const [kind, wanted] = [kindOf(tree, node), takes[i] ?? takes.at(-1)];
    return kind === null || kind === wanted ? [] : [kind === "number" && wanted === "vector"];
  });
  if (odd.length === 0) return "fits";
  return odd.every((isNumber) => isNumber) ? "lax" : "no";
}

function wrongOperand(tree: PromqlTree, node: SyntaxNode): KindMistake | null {
  const operand = node.lastChild;
  const kind = operand && kindOf(tree, operand);
  return operand && kind === "text" ? noNumber(tree, operand) : null;
}

function wrongOperands(tree: PromqlTree, node: SyntaxNode): KindMistake | null {
  const parts = operands(node);
  if (!parts) return null;
  const sides = [parts.left, parts.right];
  const kinds = sides.map((side) => kindOf(tree, side));
  const text = sides.find((_, i) => kinds[i] === "text");
  if (text) return noNumber(tree, text);
  const number = sides.find((_, i) => kinds[i] === "number");
  if (number && SETS.has(parts.operator)) return numberInSet(textOf(tree, number));
  const alone = kinds.every((kind) => kind === "number") && COMPARISONS.has(parts.operator);
  if (!alone || node.getChild("BoolModifier")) return null;
  const message = `“${textOf(tree, node)}” compares two numbers; write bool after the sign`;
  return { message, lax: true };
}

function numberInSet(written: string): KindMistake {
  const message = `“${written}” is a number, but sets are made of queries; write vector(${written})`;
  return { message, lax: true };
}

function noNumber(tree: PromqlTree, node: SyntaxNode): KindMistake {
  const message = `“${textOf(tree, node)}” is a text and cannot be reckoned with`;
  return { message, lax: false };
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

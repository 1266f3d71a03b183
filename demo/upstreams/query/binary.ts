import type { SyntaxNode } from "@lezer/common";
import { type Evaluation, notKnown } from "#demo/upstreams/query/context.ts";
import { combineSets, type Key, SET_OPERATORS } from "#demo/upstreams/query/sets.ts";
import {
  BadQuery,
  except,
  keyOf,
  type Labels,
  type Line,
  linesOf,
  only,
  type Value,
  vector,
  withoutName,
} from "#demo/upstreams/query/value.ts";
import { textOf } from "#lib/promql/tree.ts";

type Arithmetic = (a: number, b: number) => number;
type Comparison = (a: number, b: number) => boolean;

const ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  Gtr: (a, b) => a > b,
  Gte: (a, b) => a >= b,
  Lss: (a, b) => a < b,
  Lte: (a, b) => a <= b,
  EqlC: (a, b) => a === b,
  Neq: (a, b) => a !== b,
};
/** What to do with two samples, of which the vector's own is `kept`; null drops it. */
interface Operation {
  readonly of: (a: number, b: number, kept: number) => number | null;
  /** Comparisons without `bool` choose among series, which keep their names. */
  readonly chooses: boolean;
}

/** `a / b`, `a > 0.5`, `a or b`. */
export function combine(at: Evaluation, node: SyntaxNode): Value {
  const { firstChild: leftNode, lastChild: rightNode } = node;
  if (!leftNode || !rightNode) throw notKnown(at.tree, node);
  const left = at.worth(leftNode);
  const right = at.worth(rightNode);
  const key = matchingKey(at, node);
  const set = SET_OPERATORS.find((name) => node.getChild(name));
  if (set) return combineSets(set, { left, right, key });
  return combineSamples(readOperation(at, node), left, right, key);
}

function readOperation(at: Evaluation, node: SyntaxNode): Operation {
  const arithmetic = Object.keys(ARITHMETIC).find((name) => node.getChild(name));
  const compare = COMPARISONS[Object.keys(COMPARISONS).find((name) => node.getChild(name)) ?? ""];
  if (arithmetic) return { of: ARITHMETIC[arithmetic] as Arithmetic, chooses: false };
  if (!compare) throw notKnown(at.tree, node);
  if (node.getChild("BoolModifier")) {
    return { of: (a, b) => (compare(a, b) ? 1 : 0), chooses: false };
  }
  return { of: (a, b, kept) => (compare(a, b) ? kept : null), chooses: true };
}

function matchingKey(at: Evaluation, node: SyntaxNode): Key {
  const clause = node.getChild("MatchingModifierClause");
  if (!clause) return (labels) => keyOf(withoutName(labels));
  if (clause.getChild("GroupLeft") || clause.getChild("GroupRight")) throw notKnown(at.tree, node);
  const names = (clause.getChild("GroupingLabels")?.getChildren("LabelName") ?? []).map((name) =>
    textOf(at.tree, name),
  );
  return clause.getChild("On")
    ? (labels) => keyOf(only(labels, names))
    : (labels) => keyOf(except(labels, ["__name__", ...names]));
}

function combineSamples(operation: Operation, left: Value, right: Value, key: Key): Value {
  const { of } = operation;
  if (left.kind === "scalar" && right.kind === "scalar") {
    if (operation.chooses) throw new BadQuery("comparisons between scalars must use bool");
    return { kind: "scalar", number: of(left.number, right.number, left.number) ?? Number.NaN };
  }
  if (left.kind === "scalar") {
    return mapLines(operation, right, (value) => of(left.number, value, value));
  }
  if (right.kind === "scalar") {
    return mapLines(operation, left, (value) => of(value, right.number, value));
  }
  return joinLines(operation, left.lines, right.lines, key);
}

function labelsAfter({ chooses }: Operation, labels: Labels): Labels {
  return chooses ? labels : withoutName(labels);
}

function mapLines(
  operation: Operation,
  value: Value,
  change: (value: number) => number | null,
): Value {
  return vector(
    linesOf(value, "an operator").map(({ labels, values }) => ({
      labels: labelsAfter(operation, labels),
      values: values.map((v) => (v === null ? null : change(v))),
    })),
  );
}

function joinLines(
  operation: Operation,
  left: readonly Line[],
  right: readonly Line[],
  key: Key,
): Value {
  const partners = Map.groupBy(right, (line) => key(line.labels));
  return vector(
    left.flatMap((line) => {
      const found = partners.get(key(line.labels)) ?? [];
      if (found.length > 1) throw new BadQuery("many-to-many matching is not allowed");
      return found.map((partner) => joinLine(operation, line, partner));
    }),
  );
}

function joinLine(operation: Operation, left: Line, right: Line): Line {
  const values = left.values.map((a, i) => {
    const b = right.values[i] ?? null;
    return a === null || b === null ? null : operation.of(a, b, a);
  });
  return { labels: labelsAfter(operation, left.labels), values };
}

import {
  keyOf,
  type Labels,
  type Line,
  linesOf,
  type Value,
  vector,
} from "#demo/upstreams/query/value.ts";

/** What two series must share to be partners. */
export type Key = (labels: Labels) => string;

export const SET_OPERATORS = ["And", "Unless", "Or"] as const;
type SetOperator = (typeof SET_OPERATORS)[number];

/** Whether a sample on the left stays, given whether the right has one there. */
const STAYS: Readonly<Record<SetOperator, (other: boolean) => boolean>> = {
  And: (other) => other,
  Unless: (other) => !other,
  Or: () => true,
};

/** `a and b`, `a unless b`, `a or b`, decided anew at every time. */
export function combineSets(
  operator: SetOperator,
  { left, right, key }: { left: Value; right: Value; key: Key },
): Value {
  const ours = linesOf(left, operator);
  const theirs = linesOf(right, operator);
  const kept = ours.map((line) => keepWhere(line, presence(theirs, line, key), STAYS[operator]));
  if (operator !== "Or") return vector(kept);
  const added = theirs.map((line) => keepWhere(line, presence(ours, line, key), STAYS.Unless));
  return vector(sameLabelsMerged([...kept, ...added]));
}

function presence(others: readonly Line[], line: Line, key: Key): (i: number) => boolean {
  const matching = others.filter((other) => key(other.labels) === key(line.labels));
  return (i) => matching.some((other) => (other.values[i] ?? null) !== null);
}

function keepWhere(line: Line, has: (i: number) => boolean, keep: (has: boolean) => boolean): Line {
  return { ...line, values: line.values.map((value, i) => (keep(has(i)) ? value : null)) };
}

/** Both sides of `or` may hold the same series, each at other times. */
function sameLabelsMerged(lines: readonly Line[]): Line[] {
  const merged = new Map<string, Line>();
  for (const line of lines) {
    const before = merged.get(keyOf(line.labels));
    const values = before ? before.values.map((v, i) => v ?? line.values[i] ?? null) : line.values;
    merged.set(keyOf(line.labels), { ...line, values });
  }
  return [...merged.values()];
}

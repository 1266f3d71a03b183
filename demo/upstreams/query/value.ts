/** What an expression is worth at each of a list of times. */
export type Value =
  | { readonly kind: "scalar"; readonly number: number }
  | { readonly kind: "vector"; readonly lines: readonly Line[] };

/** One series: null where it has no sample (NaN is a sample). */
export interface Line {
  readonly labels: Labels;
  readonly values: readonly (number | null)[];
}

export type Labels = Readonly<Record<string, string>>;

/** The query is not one that the stand-in answers; told to the client as Prometheus's `bad_data`. */
export class BadQuery extends Error {
  override readonly name = "BadQuery";
}

export function vector(lines: readonly Line[]): Value {
  return { kind: "vector", lines: lines.filter((line) => line.values.some((v) => v !== null)) };
}

export function linesOf(value: Value, where: string): readonly Line[] {
  if (value.kind === "vector") return value.lines;
  throw new BadQuery(`expected an instant vector in ${where}, got a scalar`);
}

export function withoutName({ __name__: _, ...labels }: Labels): Labels {
  return labels;
}

export function only(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(names.flatMap((n) => (labels[n] ? [[n, labels[n]]] : [])));
}

export function except(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
}

/** Equal for equal label sets, whatever their order. */
export function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
  return [...Map.groupBy(items, key).values()];
}

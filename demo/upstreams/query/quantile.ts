import {
  except,
  groupBy,
  keyOf,
  type Line,
  type Value,
  vector,
} from "#demo/upstreams/query/value.ts";

/** `histogram_quantile`: as Prometheus does it, linear within a bucket, NaN without observations. */
export function histogramQuantile(q: number, lines: readonly Line[]): Value {
  const labels = (line: Line) => except(line.labels, ["__name__", "le"]);
  const groups = groupBy(
    lines.filter((line) => line.labels.le !== undefined),
    (line) => keyOf(labels(line)),
  );
  return vector(
    groups.map((group) => {
      const sorted = [...group].sort((a, b) => boundOf(a) - boundOf(b));
      const first = sorted[0] as Line;
      const bounds = sorted.map(boundOf);
      const values = first.values.map((_, i) => at(q, bounds, valuesAt(sorted, i)));
      return { labels: labels(first), values };
    }),
  );
}

function boundOf(line: Line): number {
  const le = line.labels.le ?? "";
  return le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le);
}

function valuesAt(lines: readonly Line[], i: number): number[] | null {
  const values = lines.map((line) => line.values[i] ?? null);
  return values.includes(null) ? null : (values as number[]);
}

function at(q: number, bounds: readonly number[], counts: number[] | null): number | null {
  if (counts === null) return null;
  const total = counts.at(-1) ?? 0;
  if (bounds.at(-1) !== Number.POSITIVE_INFINITY || !(total > 0)) return Number.NaN;
  const rank = q * total;
  const i = counts.findIndex((count) => count >= rank);
  // Above the last finite bound nothing is known but that bound.
  if (i === counts.length - 1) return bounds.at(-2) ?? Number.NaN;
  const lower = bounds[i - 1] ?? 0;
  const below = counts[i - 1] ?? 0;
  const within = (counts[i] ?? 0) - below;
  return lower + ((bounds[i] ?? 0) - lower) * ((rank - below) / within);
}

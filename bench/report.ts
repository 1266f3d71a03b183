/** One measured number beside what it is compared with and what was promised. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** A peer or a floor, measured in the same run, in the same unit. */
  readonly against?: { readonly what: string; readonly value: number };
  readonly promise?: Promised;
}

/** In the unit of the figure. */
export type Promised = { readonly atMost: number } | { readonly atLeast: number };

/** What a bench found: a table for people, and the same for programs. */
export interface Report {
  readonly text: string;
  readonly data: unknown;
}

export function reportOf(title: string, figures: readonly Figure[]): Report {
  return { text: figuresTable(title, figures), data: figures };
}

/** The figures in columns: value, ratio, promise, and whether it is kept. */
export function figuresTable(title: string, figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    numberOf(figure.value, figure.unit),
    ratioOf(figure),
    promiseOf(figure),
  ]);
  return [title, ...aligned(rows)].join("\n");
}

function ratioOf({ value, unit, against }: Figure): string {
  if (!against) return "";
  return `${ratio(value / against.value)} of ${against.what} (${numberOf(against.value, unit)})`;
}

/** Small shares read better as fractions. */
function ratio(share: number): string {
  if (share > 0 && share < 0.1) return `1/${Math.round(1 / share)}`;
  return `${share.toFixed(share < 10 ? 2 : 0)}x`;
}

function promiseOf({ value, unit, promise }: Figure): string {
  if (!promise) return "";
  if ("atMost" in promise) {
    const kept = value <= promise.atMost;
    const over =
      promise.atMost > 0 ? `${(value / promise.atMost).toFixed(1)}x` : numberOf(value, unit);
    return `promise <= ${numberOf(promise.atMost, unit)}: ${kept ? "met" : `SHORT by ${over}`}`;
  }
  const kept = value >= promise.atLeast;
  const missing = numberOf(promise.atLeast - value, unit);
  return `promise >= ${numberOf(promise.atLeast, unit)}: ${kept ? "met" : `SHORT by ${missing}`}`;
}

function numberOf(value: number, unit: string): string {
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : value < 1 ? 3 : 1;
  return `${value.toLocaleString("en", { maximumFractionDigits: digits })} ${unit}`.trim();
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, column) => width(column));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 1 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** What an expression gives: series, one number, samples over a time, or a text in quotes. */
export type ValueKind = "vector" | "number" | "range" | "text";

/** What a function takes and gives. */
export interface Signature {
  readonly takes: readonly ValueKind[];
  /** How many of them may be left out, counted from the end. */
  readonly optional: number;
  /** The last one may stand there again and again. */
  readonly repeats: boolean;
  readonly gives: ValueKind;
}

/** v series, n a number, r a range, t a text; the last may be left out with `?`, left out or repeated with `*`. */
const TAKES: Readonly<Record<string, string>> = {
  r:
    "rate irate increase delta idelta deriv resets changes absent_over_time avg_over_time " +
    "count_over_time last_over_time mad_over_time max_over_time min_over_time present_over_time " +
    "stddev_over_time stdvar_over_time sum_over_time first_over_time",
  rn: "predict_linear",
  rnn: "holt_winters double_exponential_smoothing",
  nr: "quantile_over_time",
  v:
    "abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg " +
    "histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad scalar sgn " +
    "sin sinh sort sort_desc sqrt tan tanh timestamp",
  "v?": "day_of_month day_of_week day_of_year days_in_month hour minute month year",
  "vv?": "info",
  "vn?": "round",
  vn: "clamp_max clamp_min",
  vnn: "clamp",
  nv: "histogram_quantile",
  nnv: "histogram_fraction",
  n: "vector",
  "": "time pi",
  vtttt: "label_replace",
  "vttt*": "label_join",
  "vt*": "sort_by_label sort_by_label_desc",
};

const KINDS: Readonly<Record<string, ValueKind>> = {
  v: "vector",
  n: "number",
  r: "range",
  t: "text",
};
const NUMBERS: ReadonlySet<string> = new Set(["scalar", "time", "pi"]);

const SIGNATURES: ReadonlyMap<string, Signature> = new Map(
  Object.entries(TAKES).flatMap(([written, names]) =>
    names.split(" ").map((name) => [name, signature(written, name)] as const),
  ),
);

function signature(written: string, name: string): Signature {
  return {
    takes: [...written].flatMap((letter) => KINDS[letter] ?? []),
    optional: /[?*]$/.test(written) ? 1 : 0,
    repeats: written.endsWith("*"),
    gives: NUMBERS.has(name) ? "number" : "vector",
  };
}

/** Aggregations that take something before the series. */
const PARAMETERS: Readonly<Record<string, ValueKind>> = {
  topk: "number",
  bottomk: "number",
  limitk: "number",
  limit_ratio: "number",
  quantile: "number",
  count_values: "text",
};

/**
 * What a PromQL function takes and gives; null for one that is not known here.
 * @example signatureOf("histogram_quantile")?.takes // ["number", "vector"]
 */
export function signatureOf(name: string): Signature | null {
  return SIGNATURES.get(name) ?? null;
}

/**
 * What an aggregation takes and gives.
 * @example signatureOfAggregation("topk").takes // ["number", "vector"]
 */
export function signatureOfAggregation(name: string): Signature {
  const parameter = PARAMETERS[name];
  const takes: ValueKind[] = parameter ? [parameter, "vector"] : ["vector"];
  return { takes, optional: 0, repeats: false, gives: "vector" };
}

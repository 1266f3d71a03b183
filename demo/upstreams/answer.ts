import type { Value } from "#demo/upstreams/query/value.ts";

/** Prometheus's JSON for a range query. */
export function matrix(value: Value, times: readonly number[]): object {
  if (value.kind === "scalar") {
    const values = times.map((t) => sample(t, value.number));
    return { resultType: "matrix", result: [{ metric: {}, values }] };
  }
  const result = value.lines.map(({ labels, values }) => ({
    metric: labels,
    values: values.flatMap((v, i) => (v === null ? [] : [sample(times[i] ?? 0, v)])),
  }));
  return { resultType: "matrix", result };
}

/** Prometheus's JSON for an instant query. */
export function instant(value: Value, time: number): object {
  if (value.kind === "scalar") return { resultType: "scalar", result: sample(time, value.number) };
  const result = value.lines.map(({ labels, values }) => ({
    metric: labels,
    value: sample(time, values[0] ?? Number.NaN),
  }));
  return { resultType: "vector", result };
}

export function nothing(resultType: "matrix" | "vector"): object {
  return { resultType, result: [] };
}

function sample(timeMs: number, value: number): [number, string] {
  return [timeMs / 1000, numberText(value)];
}

function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  return value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
}

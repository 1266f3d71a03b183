import { countingQuery } from "#lib/promql/counting.ts";
import { aggregate } from "#lib/promql/write.ts";
import { type Recorded, SERIES } from "#lib/rules/series.ts";
import type { SliDefinition, ThresholdOp } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Expressions of one minute, in the order of evaluation: what is recorded, and how it is found. */
export type MinuteExpressions =
  | { readonly minute: readonly (readonly [record: string, expr: string])[] }
  | { readonly error: string };

type Kind<K extends SliDefinition["kind"]> = Extract<SliDefinition, { kind: K }>;

/**
 * PromQL for the events and bad events of the minute that ends now; for threshold and ratio SLIs a
 * minute is one event. A minute without an answer has neither; no error series is no error.
 * @example minuteExpressions(sli, recorded, 30_000) // { minute: [["slo:events:increase1m", "…"], …] }
 */
export function minuteExpressions(
  sli: SliDefinition,
  recorded: Recorded,
  scrapeIntervalMs: number,
): MinuteExpressions {
  if (sli.kind === "events") return eventsOf(sli, recorded, scrapeIntervalMs);
  const value = recorded.fresh(SERIES.value);
  const bad = sli.kind === "threshold" ? badMinute(sli, value) : badShare(sli, value);
  return {
    minute: [
      [SERIES.value, worst(sli)],
      [SERIES.events, `${value} == bool ${value}`],
      [SERIES.bad, bad],
    ],
  };
}

/** The growth of the counters since a minute ago, counted as Plimsoll's own collector counts odd minutes. */
function eventsOf(
  sli: Kind<"events">,
  recorded: Recorded,
  scrapeIntervalMs: number,
): MinuteExpressions {
  const options = {
    stepMs: MINUTE,
    scrapeIntervalMs,
    counting: "exact",
    total: sli.total,
  } as const;
  const total = countingQuery(sli.total, options);
  const numerator = countingQuery(sli.numerator, options);
  if ("error" in total) return total;
  if ("error" in numerator) return numerator;
  const { careful, query, presence } = total.counting;
  const events = `clamp_min(${careful ?? query}, 0) < Inf`;
  const all = recorded.fresh(SERIES.events);
  const own = `(${numerator.counting.careful ?? numerator.counting.query} or ${all} * 0)`;
  const counted = `clamp(${own}, 0, scalar(${all}))`;
  return {
    minute: [
      [SERIES.events, presence === null ? events : `${events} and on() ${presence}`],
      [SERIES.bad, sli.counts === "bad" ? `${counted} and ${all}` : `${all} - ${counted}`],
    ],
  };
}

/** Of several series the worst counts. */
function worst(sli: Kind<"threshold"> | Kind<"ratio">): string {
  const highIsWorse =
    sli.kind === "threshold" ? sli.op === "lt" || sli.op === "lte" : sli.counts === "bad";
  return aggregate(highIsWorse ? "max" : "min", sli.query);
}

const MISSES: Readonly<Record<ThresholdOp, string>> = { lt: ">=", lte: ">", gt: "<=", gte: "<" };

/** NaN is no traffic: it misses no limit. */
function badMinute({ op, threshold }: Kind<"threshold">, value: string): string {
  return `${value} ${MISSES[op]} bool ${threshold}`;
}

function badShare({ counts }: Kind<"ratio">, value: string): string {
  const share = `clamp(${value}, 0, 1)`;
  return `${counts === "bad" ? share : `1 - ${share}`} >= 0 or ${value} == bool ${value}`;
}

import { FEW, type Flag, flagIf, type OpenSummary } from "#lib/dora/metric.ts";
import { type Observation, type Quantile, quantileOf } from "#lib/dora/quantile.ts";

/** Median and tail of durations (ms) of which some still grow. */
export interface DurationSummary {
  readonly value: number | null;
  readonly p75?: number;
  readonly p90?: number;
  readonly open?: OpenSummary;
  readonly flags: readonly Flag[];
}

/**
 * Summarizes durations in any order. One that is still open counts with its length so far: it is never
 * 0 and never dropped, and what it may still move is marked as a lower bound. Null without any.
 * @example summarize([{ value: 60_000, open: true }]).flags // ["too-few", "at-least"]
 */
export function summarize(observations: readonly Observation[]): DurationSummary {
  const ascending = [...observations].sort((a, b) => a.value - b.value);
  const value = quantileOf(ascending, 0.5);
  const p75 = quantileOf(ascending, 0.75);
  const p90 = quantileOf(ascending, 0.9);
  if (!value || !p75 || !p90) return { value: null, flags: [] };
  return {
    value: value.value,
    p75: p75.value,
    p90: p90.value,
    ...openOf(ascending, { value, p75, p90 }),
    flags: [...flagIf(ascending.length < FEW, "too-few"), ...flagIf(value.atLeast, "at-least")],
  };
}

type Named = Readonly<Record<"value" | "p75" | "p90", Quantile>>;

function openOf(ascending: readonly Observation[], named: Named): { open?: OpenSummary } {
  const open = ascending.filter((observation) => observation.open);
  if (open.length === 0) return {};
  const names = ["value", "p75", "p90"] as const;
  return {
    open: {
      n: open.length,
      longestMs: open.at(-1)?.value ?? 0,
      atLeast: names.filter((name) => named[name].atLeast),
    },
  };
}

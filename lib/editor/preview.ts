import { chartOf } from "#lib/charts/chart.ts";
import type { ChartView } from "#lib/charts/view.ts";
import { type Budget, hasTraffic, unitOf } from "#lib/slo/budget.ts";
import { budgetOfRows } from "#lib/slo/budgetOfRows.ts";
import type { Bucket, TotalsRow } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** One stretch of what a source answered. Times in epoch ms. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
  /** Ascending, in `(from, to]`. */
  readonly buckets: readonly Bucket[];
}

/** What an SLO that is being written would say; JSON-safe. */
export type PreviewNumbers =
  /** The query matches nothing: not good, not bad, unknown. */
  | { readonly kind: "no-data"; readonly from: number; readonly to: number }
  | (Budgeted & {
      readonly kind: "known";
      readonly from: number;
      readonly to: number;
      readonly unit: "events" | "minutes";
      readonly objective: number;
      /** False: there is an answer, and nothing happened. */
      readonly traffic: boolean;
      /** The whole window or calendar period. */
      readonly windowMs: number;
      readonly chart: ChartView;
    });

type Budgeted = Pick<
  Budget,
  | "sli"
  | "good"
  | "bad"
  | "total"
  | "budgetTotal"
  | "consumed"
  | "remaining"
  | "knownMs"
  | "coverage"
>;

export interface PreviewInput {
  readonly definition: SloDefinition;
  /** Ascending, one after the other; the last ends in the present. */
  readonly stretches: readonly Stretch[];
}

const BINS = 240;

/**
 * Budget and charts of an SLO over what was asked of it: the same maths as those of its page. What was
 * asked coarsely is taken as even within its step.
 * @example previewOf({ definition, stretches: [day] }) // { kind: "known", sli: 0.9981, consumed: 1.9, … }
 */
export function previewOf({ definition, stretches }: PreviewInput): PreviewNumbers {
  const from = stretches[0]?.from ?? 0;
  const to = stretches.at(-1)?.to ?? from;
  const buckets = stretches.flatMap(fineBuckets);
  const first = buckets.find(({ covered }) => covered > 0);
  const rows = totalsOf(buckets, from);
  const firstCoveredAt = first ? first.at - MINUTE * Math.max(1, first.covered) : null;
  const budget = first ? budgetOfRows({ definition, rows, at: to, firstCoveredAt }) : null;
  if (!budget) return { kind: "no-data", from, to };
  const { good, bad, total, sli, budgetTotal, consumed, remaining, knownMs, coverage } = budget;
  const outlook = { budgetTotal, pace: null, turns: [], known: false };
  const chart = chartOf({
    ...{ definition, rows, firstCoveredAt, from, to, end: to, now: to, outlook },
    ...{ alerts: [], versions: [], mostBins: BINS },
  });
  return {
    kind: "known",
    ...{ from, to, chart, good, bad, total, sli, budgetTotal, consumed, remaining },
    ...{ knownMs, coverage, windowMs: budget.basis.wholeMs, objective: definition.objective },
    unit: unitOf(definition),
    traffic: hasTraffic(budget),
  };
}

/** Coarse steps are longer than what charts and windows look at: they are cut into pieces of 5 min. */
const PIECE_MS = 5 * MINUTE;

function fineBuckets({ stepMs, buckets }: Stretch): readonly Bucket[] {
  const pieces = Math.floor(stepMs / PIECE_MS);
  if (pieces < 2) return buckets;
  return buckets.flatMap(({ at, good, total, covered }) =>
    Array.from({ length: pieces }, (_, i) => ({
      at: at - (pieces - 1 - i) * (stepMs / pieces),
      good: good / pieces,
      total: total / pieces,
      covered: covered / pieces,
    })),
  );
}

function totalsOf(buckets: readonly Bucket[], from: number): TotalsRow[] {
  const rows: TotalsRow[] = [{ at: from, good: 0, total: 0, covered: 0 }];
  let sum = { good: 0, total: 0, covered: 0 };
  for (const { at, good, total, covered } of buckets) {
    sum = { good: sum.good + good, total: sum.total + total, covered: sum.covered + covered };
    rows.push({ at, ...sum });
  }
  return rows;
}

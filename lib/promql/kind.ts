import type { SyntaxNode } from "@lezer/common";
import { type RatioSplit, splitRatio } from "#lib/promql/ratio.ts";
import { readSelectors } from "#lib/promql/selectors.ts";
import { nameOfCall, operands, unwrap } from "#lib/promql/syntax.ts";
import { findAll, type PromqlTree, parsePromql } from "#lib/promql/tree.ts";

/** What a metric measures: a share of events, or one value to be held against a threshold. */
export type MetricKind =
  | { readonly kind: "events"; readonly split: RatioSplit }
  | { readonly kind: "quantile" }
  | { readonly kind: "gauge"; readonly why: string };

/** Functions that turn samples into events, see `readCounters`. */
const COUNTING = new Set(["rate", "irate", "increase", "sum_over_time", "count_over_time"]);
const COMPARISONS = new Set(["Eql", "Neq", "Gtr", "Lss", "Gte", "Lte"]);

/**
 * Tells a share of events (a ratio of rates at the top) from a quantile and from a gauge; a gauge
 * says why it is none of the others. A top-level comparison or an odd ratio gives a sentence.
 * @example metricKind(tree of "sum(rate(good[5m])) / sum(rate(all[5m]))").kind // "events"
 */
export function metricKind(tree: PromqlTree): MetricKind | { readonly error: string } {
  const compared = operands(unwrap(tree.root));
  if (compared && COMPARISONS.has(compared.operator)) return { error: COMPARED };
  if (callsOf(tree, tree.root).some((name) => name.startsWith("histogram_quantile"))) {
    return { kind: "quantile" };
  }
  const split = splitRatio(tree);
  if (split === null) return { kind: "gauge", why: whyGauge(tree) };
  if ("error" in split) return split;
  const [numerator, total] = [countsEvents(split.numerator), countsEvents(split.total)];
  if (numerator && total) {
    return isAverage(split) ? { kind: "gauge", why: AVERAGE } : { kind: "events", split };
  }
  if (!numerator && !total) return { kind: "gauge", why: NO_RATES };
  return { error: numerator ? ONLY_NUMERATOR : ONLY_TOTAL };
}

const COMPARED =
  "ends in a comparison, which drops the other minutes; leave it out and write the limit as “threshold” with “op”";
const AVERAGE =
  "the metric is an average (a _sum over a _count), not a share of events; " +
  "a share would be _bucket over _count";
const NO_RATES =
  "the metric is a ratio of values that are no rates, so there are no events to count; " +
  "for 0/1 gauges write sum(sum_over_time(x[5m])) / sum(count_over_time(x[5m]))";
const ONLY_NUMERATOR = "counts events in the numerator but not in the total; write rate() in both";
const ONLY_TOTAL = "counts events in the total but not in the numerator; write rate() in both";

function callsOf(tree: PromqlTree, root: SyntaxNode): string[] {
  return findAll(root, "FunctionCall").map((call) => nameOfCall(tree, call));
}

/** Whether something in the query counts events. */
function countsEvents(query: string): boolean {
  const parsed = parsePromql(query);
  if ("error" in parsed) return false;
  return callsOf(parsed.tree, parsed.tree.root).some((name) => COUNTING.has(name));
}

function isAverage({ numerator, total }: RatioSplit): boolean {
  return namesEnd(numerator, "_sum") && namesEnd(total, "_count");
}

function namesEnd(query: string, suffix: string): boolean {
  const parsed = parsePromql(query);
  if ("error" in parsed) return false;
  const selectors = readSelectors(parsed.tree, parsed.tree.root);
  return selectors.length > 0 && selectors.every(({ name }) => name.endsWith(suffix));
}

function whyGauge(tree: PromqlTree): string {
  const nested = findAll(tree.root, "BinaryExpr").some(
    (node) => operands(node)?.operator === "Div",
  );
  const rates = callsOf(tree, tree.root).some((name) => COUNTING.has(name));
  return nested && rates
    ? "the ratio is inside another function or sum, so its events cannot be counted; write sum(A) / sum(B)"
    : "the metric is one value, not a ratio of events";
}

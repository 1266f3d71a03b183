import type { SyntaxNode } from "@lezer/common";
import type { Lint } from "#lib/promql/queries.ts";
import { readSelectors } from "#lib/promql/selectors.ts";
import {
  aggregationOf,
  argumentsOf,
  givesSeveral,
  keptLabels,
  nameOfCall,
} from "#lib/promql/syntax.ts";
import { findAll, type PromqlTree, parsePromql } from "#lib/promql/tree.ts";

/**
 * What is probably not meant in a query that is held against a threshold: quantiles of single series,
 * without their buckets, or averaged, and more series than one. A query that does not parse gives none.
 * @example lintThreshold("histogram_quantile(0.9, rate(x_bucket[5m]))")[0]?.code // "quantile-without-le"
 */
export function lintThreshold(query: string): Lint[] {
  const parsed = parsePromql(query);
  if ("error" in parsed) return [];
  const { tree } = parsed;
  const found = [mixedQuantiles(tree), lostBuckets(tree) ?? severalValues(tree)];
  return found.filter((lint) => lint !== null);
}

function quantilesIn(tree: PromqlTree, root: SyntaxNode): SyntaxNode[] {
  return findAll(root, "FunctionCall").filter(
    (call) => nameOfCall(tree, call) === "histogram_quantile",
  );
}

/** The average of two 95th percentiles is no percentile of anything. */
function mixedQuantiles(tree: PromqlTree): Lint | null {
  const around = findAll(tree.root, "AggregateExpr").find(
    (node) => /^(avg|sum)$/.test(aggregationOf(tree, node)) && quantilesIn(tree, node).length > 0,
  );
  if (!around) return null;
  const message = `${aggregationOf(tree, around)}() of quantiles is no quantile; sum the buckets by (le) inside histogram_quantile`;
  return { code: "quantile-mixed", message };
}

function lostBuckets(tree: PromqlTree): Lint | null {
  for (const call of quantilesIn(tree, tree.root)) {
    const buckets = argumentsOf(call).at(-1);
    if (!buckets || !readSelectors(tree, buckets).some(({ name }) => name.endsWith("_bucket")))
      continue;
    const sums = findAll(buckets, "AggregateExpr").map((node) => keptLabels(tree, node));
    if (sums.length === 0) return { code: "quantile-without-le", message: WITHOUT_LE };
    if (sums.some((labels) => labels !== null && !labels.includes("le"))) {
      return { code: "quantile-loses-le", message: LOSES_LE };
    }
  }
  return null;
}

const WITHOUT_LE =
  "the quantile has no sum by (le), so it may give one for each series (the worst counts); " +
  "write histogram_quantile(q, sum by (le) (rate(…)))";
const LOSES_LE =
  "the sum drops the label le, without which there is no quantile; write sum by (le) (rate(…))";

function severalValues(tree: PromqlTree): Lint | null {
  if (!givesSeveral(tree, tree.root)) return null;
  const message =
    "may give several series, of which the worst counts; write max(…) or min(…) around it to say so";
  return { code: "several-series", message };
}

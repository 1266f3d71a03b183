import type { SyntaxNode } from "@lezer/common";
import { givesSeveral } from "#lib/promql/syntax.ts";
import { findAll, parsePromql } from "#lib/promql/tree.ts";

/** Selectors that are already read over a range, or at another time, stay as they are. */
const RANGES = new Set(["MatrixSelector", "SubqueryExpr", "OffsetExpr", "StepInvariantExpr"]);

/**
 * A query of bare counters (`counter: true`) as one of their rates, added up, so that events are counted; one
 * that has its ranges stays as it is.
 * @example rateOfCounters('sum(errors_total{job="a"})') // 'sum(rate(errors_total{job="a"}[5m]))'
 */
export function rateOfCounters(query: string): string {
  const parsed = parsePromql(query);
  if ("error" in parsed) return query;
  const bare = findAll(parsed.tree.root, "VectorSelector").filter((node) => !hasRange(node));
  if (bare.length === 0) return query;
  const rates = bare.reduceRight(
    (text, { from, to }) =>
      `${text.slice(0, from)}rate(${text.slice(from, to)}[5m])${text.slice(to)}`,
    query,
  );
  return givesSeveral(parsed.tree, parsed.tree.root) ? `sum(${rates})` : rates;
}

function hasRange(node: SyntaxNode): boolean {
  for (let above = node.parent; above; above = above.parent) {
    if (RANGES.has(above.name)) return true;
  }
  return false;
}

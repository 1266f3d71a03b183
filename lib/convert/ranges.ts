import type { SyntaxNode } from "@lezer/common";
import { findAll, parsePromql } from "#lib/promql/tree.ts";

/** What the model has where a document said `{{.window}}`. */
const USUAL = "5m";

export interface Templated {
  readonly query: string;
  /** False: some range was another one, which the template does not keep. */
  readonly same: boolean;
}

/**
 * A query with `{{.window}}` for each of its ranges, as Sloth wants it. What is inside a subquery stays,
 * and so does a subquery of another length.
 * @example withWindowTemplate("sum(rate(x[5m]))") // { query: "sum(rate(x[{{.window}}]))", same: true }
 */
export function withWindowTemplate(query: string): Templated {
  const parsed = parsePromql(query);
  if ("error" in parsed) return { query, same: true };
  const subqueries = findAll(parsed.tree.root, "SubqueryExpr");
  const isInside = ({ from, to }: SyntaxNode) =>
    subqueries.some(
      (outer) => outer.from <= from && to <= outer.to && outer.to - outer.from > to - from,
    );
  const ranges = [...findAll(parsed.tree.root, "MatrixSelector"), ...subqueries]
    .filter((node) => !isInside(node))
    .map((node) => ({ node, ...rangeOf(node, query) }))
    .filter(({ node, text }) => node.name === "MatrixSelector" || text === USUAL)
    .sort((a, b) => a.from - b.from);
  return {
    query: ranges.reduceRight(
      (text, { from, to }) => `${text.slice(0, from)}{{.window}}${text.slice(to)}`,
      query,
    ),
    same: ranges.every(({ text }) => text === USUAL),
  };
}

/** The place of the duration in the last brackets of a selector or subquery. */
function rangeOf(
  { to: end }: SyntaxNode,
  query: string,
): { from: number; to: number; text: string } {
  const from = query.lastIndexOf("[", end) + 1;
  const length = query.slice(from, end).search(/[:\]]/);
  return { from, to: from + length, text: query.slice(from, from + length) };
}

import type { EventQueries, Lint } from "#lib/promql/queries.ts";
import { readSelectors } from "#lib/promql/selectors.ts";
import { operands, unwrap } from "#lib/promql/syntax.ts";
import { parsePromql } from "#lib/promql/tree.ts";

/**
 * A bucket `le="0.5"` counts the requests that took at most 0.5 s: the fast ones. As the error query
 * it turns the SLO upside down; the slow ones are the total minus the bucket. Null when all is well.
 * @example fastCountedAsErrors({ counts: "bad", numerator: 'sum(rate(x_bucket{le="1"}[5m]))', total })?.code // "le-counts-fast"
 */
export function fastCountedAsErrors({ counts, numerator, total }: EventQueries): Lint | null {
  if (counts !== "bad") return null;
  const parsed = parsePromql(numerator);
  if ("error" in parsed) return null;
  const { tree } = parsed;
  // `total - bucket` is the right query.
  if (operands(unwrap(tree.root))?.operator === "Sub") return null;
  const matchers = readSelectors(tree, tree.root).flatMap((selector) => selector.matchers);
  const le = matchers.find((m) => m.label === "le" && m.op === "=" && !/^\+?Inf$/.test(m.value));
  if (!le) return null;
  const right = `${oneLine(total)} - ${oneLine(numerator)}`;
  return {
    code: "le-counts-fast",
    message:
      `le="${le.value}" selects the requests that took at most ${le.value}, so the fast ones count as errors; ` +
      `the slow ones are the total minus the bucket: ${right}`,
  };
}

function oneLine(query: string): string {
  return query.replaceAll(/\s+/g, " ").trim();
}

import { readSelectors } from "#lib/promql/selectors.ts";
import { unwrap } from "#lib/promql/syntax.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import { readQuery } from "#lib/spec/query.ts";

/** A bare selector of series, as Pyrra's metrics are. */
export interface Selected {
  readonly node: Located;
  readonly text: string;
}

/**
 * A metric that is a selector and nothing else.
 * @example readSelector(node of 'up{job="a"}', findings)?.text // 'up{job="a"}'
 */
export function readSelector(node: Located | null, findings: Findings): Selected | null {
  const text = readQuery(node, findings);
  if (text === null || node === null) return null;
  const parsed = parsePromql(text);
  if ("error" in parsed) return null;
  if (unwrap(parsed.tree.root).name === "VectorSelector") return { node, text };
  const message = `must be a bare selector such as http_requests_total{job="api"}: Pyrra adds sum() and rate() by itself`;
  return findings.error(node, "metric-shape", message);
}

/**
 * Whether a selector names one bucket of a histogram (`le="0.5"`); else an error.
 * @example readBucket({ text: "x_bucket", node }, findings) // false
 */
export function readBucket({ node, text }: Selected, findings: Findings): boolean {
  const parsed = parsePromql(text);
  const [selector] = "tree" in parsed ? readSelectors(parsed.tree, parsed.tree.root) : [];
  const le = selector?.matchers.find(({ label }) => label === "le");
  if (le?.op === "=" && le.value !== "" && Number.isFinite(Number(le.value))) return true;
  const message = `must select one bucket by le="…" with a number, such as le="0.5"`;
  findings.error(node, "metric-shape", message);
  return false;
}

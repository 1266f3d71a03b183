import { createHash } from "node:crypto";
import { normalizeQuery } from "#lib/promql/normalize.ts";
import type { CountedSli, Slicing, SliDefinition } from "#lib/spec/model.ts";

/**
 * What an SLI is known by: a hash of its content (kind, queries, for a threshold SLI its op and
 * threshold; for time slices their rule) and the name of its source. White space and comments in queries do not matter; anything
 * else starts a new SLI. 20 hexadecimal digits.
 * @example sliKey(sli, "main") === sliKey({ ...sli, total: ` ${sli.total}` }, "main") // true
 */
export function sliKey(sli: CountedSli, source: string): string {
  const content = JSON.stringify([source, ...contentOf(sli), ...slicesOf(sli.slices)]);
  return createHash("sha256").update(content).digest("hex").slice(0, 20);
}

function contentOf(sli: SliDefinition): readonly (string | number)[] {
  switch (sli.kind) {
    case "events":
      return [sli.kind, sli.counts, normalizeQuery(sli.numerator), normalizeQuery(sli.total)];
    case "threshold":
      return [sli.kind, normalizeQuery(sli.query), sli.op, sli.threshold];
    case "ratio":
      return [sli.kind, sli.counts, normalizeQuery(sli.query)];
  }
}

function slicesOf(slices: Slicing | undefined): readonly (string | number)[] {
  if (!slices) return [];
  const { method, windowMs } = slices;
  return slices.method === "timeslices" ? [method, windowMs, slices.target] : [method, windowMs];
}

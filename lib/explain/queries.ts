import type { ExplainedQuery } from "#lib/explain/explanation.ts";
import { countingQuery } from "#lib/promql/counting.ts";
import { fillTemplate } from "#lib/promql/tree.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** How the source counts; null = not known yet, as before its first answer. */
export interface CountingWay {
  readonly counting: "exact" | "increase" | null;
  readonly scrapeIntervalMs: number | null;
}

export type UnlinkedQuery = Omit<ExplainedQuery, "links">;

/**
 * The queries of an SLI, as written and as they are sent for each minute.
 * @example explainQueries(definition.sli, { counting: "increase", scrapeIntervalMs: 30_000 })[0]?.asked
 */
export function explainQueries(sli: SliDefinition, way: CountingWay): UnlinkedQuery[] {
  if (sli.kind === "threshold") {
    return [
      { counts: `value, good when ${OPS[sli.op]} ${sli.threshold}`, ...asWritten(sli.query) },
    ];
  }
  if (sli.kind === "ratio") return [{ counts: `ratio of ${sli.counts}`, ...asWritten(sli.query) }];
  return [
    { counts: sli.counts, ...counted(sli.numerator, sli.total, way) },
    { counts: "total", ...counted(sli.total, sli.total, way) },
  ];
}

const OPS = { lt: "<", lte: "≤", gt: ">", gte: "≥" } as const;

function asWritten(query: string): Omit<UnlinkedQuery, "counts"> {
  return { written: fillTemplate(query, "5m"), asked: null };
}

function counted(query: string, total: string, way: CountingWay): Omit<UnlinkedQuery, "counts"> {
  const written = fillTemplate(query, "5m");
  if (way.counting === null || way.scrapeIntervalMs === null) return { written, asked: null };
  const { counting, scrapeIntervalMs } = way;
  const read = countingQuery(query, { stepMs: MINUTE, scrapeIntervalMs, counting, total });
  return { written, asked: "error" in read ? null : read.counting.query };
}

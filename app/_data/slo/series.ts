import { happenedIn } from "#app/_data/cost/series.ts";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import { type Moved, readFacts, type SloAsk, type SloFacts } from "#app/_data/slo/facts.ts";
import { type CountedRows, readCountedRows } from "#app/_data/slo/rows.ts";
import { store } from "#db/client.ts";
import { chartOf } from "#lib/charts/chart.ts";
import { periodOf } from "#lib/slo/period.ts";

export interface SeriesAsk extends SloAsk {
  /** Epoch ms; null = one SLO window, up to the newest data. */
  readonly from: number | null;
  readonly to: number | null;
  /** At most so many. */
  readonly points: number;
}

export type Series = ReturnType<typeof seriesOf> & ReturnType<typeof happenedIn>;

/** The history of one SLO as API v1 gives it. */
export async function readSeries(ask: SeriesAsk): Promise<Series | Moved | null> {
  const { db } = await store();
  return db.transaction(
    async (tx) => {
      const facts = await readFacts(tx, ask);
      if (facts?.kind !== "slo") return facts;
      const { version, end } = facts;
      const to = Math.min(ask.to ?? end, end);
      const from = ask.from ?? periodOf(version.definition.window, to).from;
      const rows = await readCountedRows(tx, facts, { from, to });
      const happened = happenedIn(await readDelivery(tx), {
        service: facts.record.service,
        from,
        to,
      });
      return { ...seriesOf(facts, rows, { ...ask, from, to }), ...happened };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

function seriesOf(
  { version, versions, sli, end }: SloFacts,
  { rows, excluded }: CountedRows,
  { from, to, now, points }: SeriesAsk & { from: number; to: number },
) {
  const chart = chartOf({
    definition: version.definition,
    rows,
    excluded,
    firstCoveredAt: sli?.firstCoveredAt ?? null,
    from,
    to,
    end,
    now,
    outlook: { budgetTotal: null, pace: null, turns: [], known: false },
    alerts: [],
    versions: [],
    mostBins: Math.max(1, points - 1),
  });
  return {
    kind: "slo" as const,
    points: chart.bins.map(({ at, good, total, covered, remaining }) => ({
      at: new Date(at).toISOString(),
      good,
      total,
      covered,
      remaining,
    })),
    versions: versions.map((v) => ({
      version: v.version,
      validFrom: new Date(v.validFrom).toISOString(),
      objective: v.definition.objective,
      window: v.definition.window.label,
    })),
  };
}

import type { Db } from "#db/connection.ts";
import { sliProgress, slis, sliTotals, sloReadings, slos, sloVersions } from "#db/schema/index.ts";
import type { Evaluation } from "#lib/slo/evaluate.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

export interface Furnishing {
  readonly names: { readonly service: string; readonly name: string };
  /** Totals as they are stored, oldest first; they begin and end with the known history. */
  readonly rows: readonly TotalsRow[];
  /** Each with when it came into force, epoch ms; the last one is in force. */
  readonly versions: readonly { readonly validFrom: number; readonly definition: SloDefinition }[];
  readonly evaluation: Pick<Evaluation, "status" | "detail">;
}

/** The SLO 1, counted by the SLI 1, as a worker leaves it once its history is there. */
export async function furnishSlo(db: Db, of: Furnishing): Promise<void> {
  const { names, rows, versions, evaluation } = of;
  const [start, end] = [rows[0]?.at ?? 0, rows.at(-1)?.at ?? 0];
  const newest = versions.at(-1);
  if (!newest) throw new Error("an SLO has at least one version");
  const ids = { sloId: 1, sliId: 1 };
  const sli = { key: "k", source: "main", definition: newest.definition.sli };
  await db.insert(slis).values({ id: 1, ...sli, createdAt: start });
  await db.insert(sliTotals).values(rows.map((row) => ({ sliId: 1, ...row })));
  const progress = { firstCoveredAt: start, lastCoveredAt: end, backfilledAt: start };
  await db.insert(sliProgress).values({ sliId: 1, ...progress });
  const document = { team: "shop", documentPath: "slos/checkout.yaml" };
  const version = versions.length;
  await db.insert(slos).values({ id: 1, ...names, ...document, version, createdAt: start });
  await db
    .insert(sloVersions)
    .values(versions.map((each, i) => ({ ...ids, version: i + 1, ...each })));
  const { status, detail } = evaluation;
  await db.insert(sloReadings).values({ sloId: 1, status, detail });
}

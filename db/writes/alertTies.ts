import { and, asc, gt, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { bigints, ints, texts } from "#db/params.ts";
import { readAlertNames, readTierWindows } from "#db/reads/alertNames.ts";
import { alerts } from "#db/schema/index.ts";
import type { Labels } from "#lib/alerts/delivery.ts";
import { type AlertTie, tieAlert, tierOf } from "#lib/alerts/tie.ts";

/** The columns that say what an alert is about. */
export interface TieColumns {
  readonly service: string | null;
  readonly sloId: number | null;
  readonly tier: string | null;
  readonly tiedBy: AlertTie["by"] | null;
}

const UNTIED: TieColumns = { service: null, sloId: null, tier: null, tiedBy: null };

/** What each of these is about, in their order. */
export async function tieAll(
  db: Db,
  all: readonly { readonly labels: Labels }[],
): Promise<TieColumns[]> {
  if (all.length === 0) return [];
  const names = await readAlertNames(db);
  const ties = all.map(({ labels }) => tieAlert(labels, names));
  const ids = new Set(ties.flatMap((tie) => tie?.sloId ?? []));
  const tiers = await readTierWindows(db, [...ids]);
  return all.map(({ labels }, i) => {
    const tie = ties[i];
    if (!tie) return UNTIED;
    const { service, sloId, by } = tie;
    const own = sloId === null ? [] : (tiers.get(sloId) ?? []);
    return { service, sloId, tier: tierOf(labels, own), tiedBy: by };
  });
}

const AT_ONCE = 1_000;

/**
 * Looks again at the alerts that no SLO is known for, as the SLOs have changed: an alert may be older
 * than the document that it is about. Gives how many found theirs.
 */
export async function retieAlerts(db: Db): Promise<number> {
  await followRenames(db);
  let found = 0;
  for (let after = 0; ; ) {
    const rows = await db
      .select({ id: alerts.id, labels: alerts.labels, service: alerts.service })
      .from(alerts)
      .where(and(isNull(alerts.sloId), gt(alerts.id, after)))
      .orderBy(asc(alerts.id))
      .limit(AT_ONCE);
    const last = rows.at(-1);
    if (!last) return found;
    const ties = await tieAll(db, rows);
    const changed = rows.flatMap(({ id, service }, i) => {
      const tie = ties[i];
      return tie && (tie.sloId !== null || tie.service !== service) ? [{ id, ...tie }] : [];
    });
    await setTies(db, changed);
    found += changed.length;
    after = last.id;
  }
}

/** An alert stands under the name that its SLO has now. */
async function followRenames(db: Db): Promise<void> {
  await db.execute(
    sql`update alerts a set service = s.service from slos s
      where s.id = a.slo_id and a.service is distinct from s.service`,
  );
}

async function setTies(
  db: Db,
  rows: readonly (TieColumns & { readonly id: number })[],
): Promise<void> {
  if (rows.length === 0) return;
  const column = <T>(of: (row: TieColumns & { readonly id: number }) => T) => rows.map(of);
  await db.execute(sql`
    update alerts a set service = t.service, slo_id = t.slo_id, tier = t.tier, tied_by = t.tied_by
    from unnest(
      ${bigints(column(({ id }) => id))}, ${texts(column(({ service }) => service))},
      ${ints(column(({ sloId }) => sloId))}, ${texts(column(({ tier }) => tier))},
      ${texts(column(({ tiedBy }) => tiedBy))}
    ) t (id, service, slo_id, tier, tied_by)
    where a.id = t.id`);
}

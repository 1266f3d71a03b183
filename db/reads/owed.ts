import { and, asc, desc, eq, gte, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { incidents, owedItems, slos } from "#db/schema/index.ts";

/** A thing that a clause of a policy asks for, owed or done. Times are epoch ms. */
export type OwedItem = typeof owedItems.$inferSelect & {
  /** Of its SLO. */
  readonly team: string | null;
  /** Null: it is owed for no incident, or for one that is forgotten. */
  readonly incidentTitle: string | null;
};

/** Which items are listed; a field left out asks nothing. */
export interface OwedFilter {
  readonly id?: number;
  readonly team?: string;
  readonly service?: string;
  /** True: those that are still owed; false: those that are done. */
  readonly open?: boolean;
  /** Opened or done in `[from, to)`. */
  readonly from?: number;
  readonly to?: number;
}

/** What is owed first, then by when it was found, newest first. */
export async function readOwed(db: Db, filter: OwedFilter = {}): Promise<OwedItem[]> {
  const rows = await db
    .select({ item: owedItems, team: slos.team, incidentTitle: incidents.title })
    .from(owedItems)
    .leftJoin(slos, eq(slos.id, owedItems.sloId))
    .leftJoin(incidents, eq(incidents.id, owedItems.incidentId))
    .where(matching(filter))
    .orderBy(
      asc(sql`${owedItems.doneAt} is not null`),
      desc(owedItems.openedAt),
      desc(owedItems.id),
    )
    .limit(1_000);
  return rows.map(({ item, ...more }) => ({ ...item, ...more }));
}

function matching({ id, team, service, open, from, to }: OwedFilter): SQL | undefined {
  const { openedAt, doneAt } = owedItems;
  const isIn = (at: typeof openedAt | typeof doneAt) =>
    and(from === undefined ? undefined : gte(at, from), to === undefined ? undefined : lt(at, to));
  return and(
    id === undefined ? undefined : eq(owedItems.id, id),
    team === undefined ? undefined : eq(slos.team, team),
    service === undefined ? undefined : eq(owedItems.service, service),
    open === undefined ? undefined : open ? isNull(doneAt) : isNotNull(doneAt),
    from === undefined && to === undefined ? undefined : or(isIn(openedAt), isIn(doneAt)),
  );
}

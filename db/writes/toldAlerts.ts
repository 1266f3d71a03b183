import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { ints } from "#db/params.ts";
import { rowsOf } from "#db/rows.ts";
import type { Notice } from "#lib/notices/notice.ts";
import type { Severity } from "#lib/slo/status.ts";

/** An alert of which receivers were told that it began: all tiers of a severity that fire without a gap are one. */
export interface ToldAlert {
  readonly sloId: number;
  readonly severity: Severity;
  /** The tier that it began with. */
  readonly tier: string;
  /** Epoch ms. */
  readonly startedAt: number;
}

/** What is the same in the notices of its beginning and its end. */
export function alertId({ sloId, severity, startedAt }: Omit<ToldAlert, "tier">): string {
  return `${sloId}:${severity}:${startedAt}`;
}

/** The end of an alert, told once. */
export function resolvedNotice(
  told: ToldAlert,
  of: Pick<Notice, "at" | "team"> & { readonly service: string; readonly slo: string },
): Notice {
  const { tier, severity, startedAt } = told;
  const alert = alertId(told);
  const key = `alert-resolved:${alert}`;
  return { kind: "alert-resolved", key, ...of, alert, tier, severity, startedAt };
}

/**
 * The told alerts that rows of `burn_alerts` (by id) belong to. The tier that one began with may have
 * ended long ago, so rows are followed back as long as each began before the one before it had ended;
 * the newest of them that was told is the beginning.
 */
export function readToldAlerts(db: Db, ids: readonly number[]): Promise<ToldAlert[]> {
  return rowsOf<ToldAlert>(
    db,
    sql`with recursive chain as (
        select slo_id, severity, started_at from burn_alerts where id = any(${ints(ids)})
        union
        select b.slo_id, b.severity, b.started_at from chain join burn_alerts b
          on b.slo_id = chain.slo_id and b.severity = chain.severity
            and b.started_at < chain.started_at and b.ended_at >= chain.started_at
      )
      select distinct on (chain.slo_id, chain.severity) chain.slo_id as "sloId",
        chain.severity, n.notice->>'tier' as tier, chain.started_at as "startedAt"
      from chain join notices n on n.natural_key = 'alert-opened:'
        || chain.slo_id || ':' || chain.severity || ':' || chain.started_at
      order by chain.slo_id, chain.severity, chain.started_at desc`,
  );
}

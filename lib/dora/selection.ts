import type { Span } from "#lib/dora/calendar.ts";
import type { Delivery } from "#lib/dora/delivery.ts";
import type { ReportScope } from "#lib/dora/scope.ts";
import { type Synced, servicesIn, syncedOf } from "#lib/dora/synced.ts";

/** With how far all that was selected is known. */
export interface SelectedScope extends ReportScope {
  readonly synced: Synced;
}

/** What a report is taken over: the facts that fall into its range. */
export interface Selection
  extends Pick<Delivery, "verdicts" | "arrivals" | "incidents" | "attributions" | "excluded"> {
  readonly scope: SelectedScope;
  /** Whether more than one service is in it. */
  readonly pooled: boolean;
}

/**
 * The facts of a delivery that fall into `[from, to)`, by the time at which a deployment finished or
 * an incident began; but for a set of services, of all.
 * @example select(delivery, scope, new Set(["checkout"])).verdicts.length // 29
 */
export function select(
  delivery: Delivery,
  scope: ReportScope,
  services: ReadonlySet<string> | null = null,
): Selection {
  const isIn = (service: string, at: number) =>
    at >= scope.from && at < scope.to && (services === null || services.has(service));
  const verdicts = delivery.verdicts.filter(({ deployment: d }) => isIn(d.service, d.finishedAt));
  const met = new Set(verdicts.map(({ deployment }) => deployment.service));
  const about = services ?? servicesIn(scope.knowledge, met);
  return {
    scope: { ...scope, synced: syncedOf(scope, about) },
    verdicts,
    arrivals: delivery.arrivals.filter(({ deployment: d }) => isIn(d.service, d.finishedAt)),
    incidents: delivery.incidents.filter(({ service, startedAt }) => isIn(service, startedAt)),
    attributions: delivery.attributions,
    excluded: delivery.excluded.filter(({ service, at }) => isIn(service, at)),
    pooled: met.size > 1,
  };
}

/**
 * The part of a range that has been: up to `now` (epoch ms).
 * @example elapsed({ from: 0, to: 9, now: 5 }) // { from: 0, to: 5 }
 */
export function elapsed({ from, to, now }: Span & { readonly now: number }): Span {
  return { from, to: Math.max(from, Math.min(to, now)) };
}

import type { Delivery } from "#lib/dora/delivery.ts";
import { type DoraReport, doraReport } from "#lib/dora/report.ts";
import type { ReportScope } from "#lib/dora/selection.ts";

/** Several services: each for itself, and all deployments and changes in one pot. */
export interface RollUp {
  /** Its medians are flagged "pooled" where several services deployed. */
  readonly pooled: DoraReport;
  /** In the order of the names given. */
  readonly services: readonly { readonly service: string; readonly report: DoraReport }[];
}

/**
 * Rolls services up: the table of each is the answer, the pooled numbers stand beside it. A service
 * without facts has a report too, with reasons in it.
 * @example rollUp(delivery, scope, ["checkout", "search"]).services.length // 2
 */
export function rollUp(
  delivery: Delivery,
  scope: ReportScope,
  services: readonly string[],
): RollUp {
  return {
    pooled: doraReport(delivery, scope, new Set(services)),
    services: services.map((service) => ({
      service,
      report: doraReport(delivery, scope, new Set([service])),
    })),
  };
}

import type { TotalsRow } from "#lib/slo/totals.ts";

/** What an SLO's budget was spent on, for the window that ends at `to`. Epoch ms. */
export interface CostInput {
  /** Ascending by `at`; as far back as deployments are to be compared with the time before them. */
  readonly rows: readonly TotalsRow[];
  readonly from: number;
  readonly to: number;
  /** Bad events that spend the whole budget: the denominator of `consumed`. Above 0. */
  readonly budgetTotal: number;
  /** Of the SLO's service. An open incident lasts to `to`. */
  readonly incidents: readonly CostIncident[];
  /** Of the SLO's service, ascending by the time at which they finished. */
  readonly deployments: readonly CostDeployment[];
  /** Of the SLO: they say how long a deployment is watched. */
  readonly burnAlerts: readonly CostBurn[];
}

export interface CostIncident {
  readonly id: string;
  readonly startedAt: number;
  readonly resolvedAt: number | null;
  /** The deployment that caused it; null = not known. */
  readonly deploymentId: string | null;
}

export interface CostDeployment {
  readonly id: string;
  readonly finishedAt: number;
}

export interface CostBurn {
  readonly startedAt: number;
  readonly endedAt: number | null;
}

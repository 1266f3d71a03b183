/** What spent a budget: JSON-safe, times in epoch ms, shares of the whole budget as `consumed` is. */

export interface Spent {
  /** Events, or minutes. */
  readonly bad: number;
  readonly share: number;
}

/** A deployment's excess, or an incident. */
export interface SpentPart extends Spent {
  readonly kind: "deployment" | "incident";
  readonly id: string;
  /** The version that was deployed, or the incident's title. */
  readonly title: string;
  /** When it finished, or began. */
  readonly at: number;
  /** Of an incident: the deployment that caused it; null = not known, or a deployment's own cost. */
  readonly causedBy: { readonly id: string; readonly title: string } | null;
}

/** What an SLO's budget was spent on in its window `[from, to)`; all parts sum to `consumed`. */
export interface SloCosts {
  readonly from: number;
  readonly to: number;
  readonly windowLabel: string;
  readonly unit: "events" | "minutes";
  readonly bad: number;
  readonly consumed: number;
  /** Dearest first. */
  readonly parts: readonly SpentPart[];
  /** Those that cost less than the last of `parts`, taken together; null when all are listed. */
  readonly others: (Spent & { readonly n: number }) | null;
  readonly unattributed: Spent;
  /** Whether any deployment or incident of the service is known in the window. */
  readonly told: boolean;
}

/** What one deployment or incident cost of one SLO's budget, in the newest window that holds it. */
export interface BudgetCost {
  readonly service: string;
  readonly slo: string;
  readonly unit: "events" | "minutes";
  readonly windowLabel: string;
  /** The window, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** All of it; null = nothing was measured then. For a deployment with the incidents that it caused. */
  readonly spent: Spent | null;
  /** A deployment of which its own part is not known: there is no clean time before it to compare with. */
  readonly uncompared?: boolean;
  /** Of a deployment: the incidents among it that cost something. */
  readonly incidentIds: readonly string[];
}

/** A deployment that cost more than a tenth of some budget: its dearest one. */
export interface CostlyDeployment {
  readonly deploymentId: string;
  readonly title: string;
  readonly finishedAt: number;
  readonly failed: boolean;
  readonly cost: BudgetCost & { readonly spent: Spent };
}

import type { SloState } from "#lib/slo/status.ts";

/** The label sets of a grouped SLO, each an SLO of its own: JSON-safe. */
export interface InstancesView {
  /** Worst first. */
  readonly list: readonly InstanceLine[];
  /** Label sets that there are: more than the list has, where there are too many. */
  readonly found: number;
  /** Null while the source was never asked; epoch ms. */
  readonly askedAt: number | null;
  /** Why the label sets are not known at present. */
  readonly problem: string | null;
}

export interface InstanceLine {
  readonly service: string;
  /** Its own name: `latency@pay`. */
  readonly slo: string;
  /** 'handler="/pay"' */
  readonly labels: string;
  /** Null before its first evaluation. */
  readonly state: SloState | null;
  /** Signed share of the budget that is left; null = not known. */
  readonly remaining: number | null;
  readonly burn: number | null;
  /** The tier that alerts now. */
  readonly tier: string | null;
}

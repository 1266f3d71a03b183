import type { Evaluation } from "#lib/slo/evaluate.ts";
import type { SloStatus } from "#lib/slo/status.ts";

/** An evaluation, and the SLO as it was read before: `status` is what it is compared with. */
export interface EvaluatedSlo {
  readonly slo: {
    readonly id: number;
    readonly version: number;
    readonly status: SloStatus | null;
    readonly statusVersion: number | null;
  };
  readonly evaluation: Evaluation;
}

import type { Evaluation } from "#lib/slo/evaluate.ts";
import type { SloStatus } from "#lib/slo/status.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** An evaluation, and the SLO as it was read before: `status` is what it is compared with. */
export interface EvaluatedSlo {
  readonly slo: {
    readonly id: number;
    readonly version: number;
    readonly status: SloStatus | null;
    readonly statusVersion: number | null;
    readonly definition: Pick<SloDefinition, "policy">;
  };
  readonly evaluation: Evaluation;
}

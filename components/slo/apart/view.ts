import type { ApartSpan } from "#lib/charts/view.ts";
import type { CountedApart } from "#lib/exclusions/apart.ts";

/** One time of maintenance or of an experiment, as the page of an SLO lists it. Epoch ms. */
export interface ApartLine extends ApartSpan {
  /** Null: of every SLO of the service. */
  readonly slo: string | null;
  readonly reason: string;
  readonly url: string | null;
  /** Whether it is one of several by a rule. */
  readonly recurs: boolean;
  readonly by: string;
  /** The document that says it and alone can change it; null: somebody told it. */
  readonly document: string | null;
  /** It is left out because the policy says so, or counts although it does: why. */
  readonly policy: { readonly countedBecause: string | null } | null;
  /** Null before it begins, and where history is too coarse to tell. */
  readonly counted: CountedApart | null;
  /** Whether it lies in the future of what is shown. */
  readonly planned: boolean;
}

import type { SloState } from "#lib/slo/status.ts";

/** What a search finds; without a text the worst SLOs and all teams. */
export interface SearchView {
  readonly slos: readonly FoundSlo[];
  readonly services: readonly Found[];
  readonly teams: readonly Found[];
}

export interface FoundSlo {
  readonly service: string;
  readonly slo: string;
  readonly state: SloState;
}

export interface Found {
  readonly name: string;
  /** Of its SLOs. */
  readonly worst: SloState;
}

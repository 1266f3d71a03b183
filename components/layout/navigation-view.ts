import type { SloState } from "#lib/slo/status.ts";

/** What the navigation and the notices above every page say; JSON-safe. */
export interface NavigationView {
  /** SLOs in force that have been evaluated. */
  readonly fleet: number;
  readonly teams: readonly NavigationTeam[];
  /** Names of sources that do not answer as they should, our own check among them. */
  readonly troubled: readonly string[];
  /** Documents with errors. */
  readonly brokenDocuments: number;
  /** The first history is being fetched; null when it is all there. */
  readonly backfill: Backfill | null;
}

export interface NavigationTeam {
  readonly name: string;
  readonly worst: SloState;
}

/** Of the source that lacks most, in days of history; all SLIs of a source share one reach. */
export interface Backfill {
  readonly doneDays: number;
  readonly ofDays: number;
}

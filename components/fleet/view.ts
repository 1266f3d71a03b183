import type { FleetRow } from "#lib/fleet/row.ts";
import type { SloState } from "#lib/slo/status.ts";

/** One page of the fleet; JSON-safe. */
export interface FleetView {
  readonly rows: readonly FleetRow[];
  /** Of all that the filter matches, whatever its state. */
  readonly totals: Readonly<Record<SloState, number>>;
  readonly next: string | null;
  /** Epoch ms of the newest evaluation; null before the first. */
  readonly evaluatedAt: number | null;
  /** Epoch ms: by it the server's markup tells how old the numbers are. */
  readonly readAt: number;
  /** What of the filter cannot be understood. */
  readonly problems: readonly string[];
  /** What is missing while there is no SLO at all; null when there are some. */
  readonly missing: Missing | null;
}

/** The first thing that is missing on the way to a first SLO. */
export interface Missing {
  readonly what: "source" | "document" | "good-document" | "evaluation";
  /** Where documents are looked for: globs as configured. */
  readonly globs: readonly string[];
}

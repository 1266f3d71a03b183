import type { SliFact } from "#lib/slo/facts.ts";
import type { SliProgress } from "#lib/slo/progress.ts";

/** One fact and what was known of its SLI before and after. */
export interface Revision {
  readonly sliId: number;
  readonly fact: SliFact;
  readonly before: SliProgress;
  readonly after: SliProgress;
}

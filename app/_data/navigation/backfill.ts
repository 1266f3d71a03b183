import type { Backfill } from "#components/layout/navigation-view.ts";
import type { SourceOverview } from "#db/reads/sources.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

type Filling = Pick<SourceOverview, "slis" | "backfillDone" | "backfillOf">;

/** How far the first history has come; the source with the most left stands for all: they fill side by side. */
export function backfillOf(sources: readonly Filling[]): Backfill | null {
  const left = ({ backfillDone, backfillOf }: Filling) => backfillOf - backfillDone;
  const slowest = sources
    .filter((source) => source.slis > 0 && left(source) >= 1)
    .toSorted((a, b) => left(b) - left(a))[0];
  if (!slowest) return null;
  const perSli = (minutes: number) => (minutes * MINUTE) / slowest.slis / DAY;
  return { doneDays: perSli(slowest.backfillDone), ofDays: perSli(slowest.backfillOf) };
}

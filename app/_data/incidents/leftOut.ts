import type { LeftOutWindow } from "#components/incidents/view.ts";
import type { Db } from "#db/connection.ts";
import { anyExcludesExperiments, readExclusions } from "#db/reads/exclusions.ts";
import { apartTitle } from "#lib/charts/apart.ts";

interface LeftOutAsk {
  readonly service: string;
  readonly startedAt: number;
  /** Null while it is open. */
  readonly resolvedAt: number | null;
  readonly now: number;
}

const MOST = 20;

/** What was left out of the budgets of its service while an incident lasted: its cost is without that. */
export async function readLeftOut(db: Db, ask: LeftOutAsk): Promise<LeftOutWindow[]> {
  const { service, startedAt, now } = ask;
  const to = Math.max(startedAt + 1, ask.resolvedAt ?? now);
  const found = await readExclusions(db, { service, from: startedAt, to, limit: MOST });
  const byPolicy = await anyExcludesExperiments(db, { service, slo: null });
  return found
    .filter(({ excluded, timeliness }) => excluded || (byPolicy && timeliness === "in-time"))
    .flatMap(({ id, kind, title, slo, createdBy: by, spans }) =>
      spans
        .filter((span) => span.from < to && (span.to ?? to) > startedAt)
        .map((span) => ({ id, title: apartTitle({ kind, title }), by, slo, ...span })),
    );
}

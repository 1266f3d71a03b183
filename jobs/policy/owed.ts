import type { Store } from "#db/client.ts";
import { readExcludedSpans } from "#db/reads/exclusions.ts";
import type { Range } from "#db/reads/history.ts";
import {
  type OwingIncidentRow,
  type OwingRow,
  readOwingIncidents,
  readOwingSlos,
} from "#db/reads/owing.ts";
import { readStretches } from "#db/reads/stretches.ts";
import { addOwed, type FoundOwed } from "#db/writes/owed.ts";
import { settleByIncidents } from "#db/writes/owedIncidents.ts";
import { SYSTEM } from "#lib/access/actor.ts";
import { percent } from "#lib/format/numbers.ts";
import { type Look, looksOf, type OwedCandidate, owedBy } from "#lib/policy/owed.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

/** No window and no quarter that is looked at begins earlier. */
const REACH_MS = 400 * DAY;

type Db = Store["db"];

/**
 * Looks through the incidents of every SLO whose policy asks for postmortems or planned work, puts
 * what is owed on the list, and takes off what has been written since.
 */
export async function findOwed({ db }: Pick<Store, "db">, now: number): Promise<void> {
  const by = { actor: SYSTEM, address: null, at: now };
  await settleByIncidents(db, by);
  const slos = await readOwingSlos(db);
  if (slos.length === 0) return;
  const services = [...new Set(slos.map(({ service }) => service))];
  const incidents = await readOwingIncidents(db, { services, from: now - REACH_MS });
  const byService = Map.groupBy(incidents, ({ service }) => service);
  const excluded = await readExcludedSpans(db, { from: now - REACH_MS, to: now });
  for (const slo of slos) {
    const own = {
      incidents: byService.get(slo.service) ?? [],
      excluded: excluded.get(slo.id) ?? [],
    };
    await addOwed(db, by, await owedOf(db, { slo, ...own, now }));
  }
}

interface Asked {
  readonly slo: OwingRow;
  readonly incidents: readonly OwingIncidentRow[];
  readonly excluded: readonly ExcludedSpan[];
  readonly now: number;
}

async function owedOf(db: Db, { slo, incidents, excluded, now }: Asked): Promise<FoundOwed[]> {
  const written = new Set(incidents.filter((one) => one.postmortemUrl).map(({ id }) => id));
  const looks = looksOf(slo, incidents, now).filter(
    (look) => look.kind !== "postmortem" || !written.has(look.incidentId),
  );
  if (looks.length === 0) return [];
  const rows = await readStretches(db, slo.sliId, stretchesOf(looks, incidents, { excluded, now }));
  const { id: sloId, service, name, team } = slo;
  return owedBy({ slo, looks, incidents, rows, excluded }).map((candidate) => ({
    ...{ candidate, sloId, service, slo: name, team },
    what: wordsOf(candidate, incidents),
  }));
}

/** Totals are read around the edges of each window, the incidents, and what does not count. */
function stretchesOf(
  looks: readonly Look[],
  incidents: readonly OwingIncidentRow[],
  { excluded, now }: Pick<Asked, "excluded" | "now">,
): Range[] {
  const edges = looks.flatMap(({ from, to }) => [from, to]);
  const lasted = incidents.flatMap(({ startedAt, resolvedAt }) => [startedAt, resolvedAt ?? now]);
  const spans = excluded.flatMap(({ from, to }) => [from, to]);
  const moments = new Set([...edges, ...lasted, ...spans]);
  return [...moments].map((at) => ({ from: at, to: at + HOUR }));
}

function wordsOf(
  { look, share, above }: OwedCandidate,
  incidents: readonly OwingIncidentRow[],
): string {
  const spent = `spent ${percent(share)} of the budget, more than ${percent(above)}`;
  if (look.kind === "planning") {
    return `Incidents of the class ${look.incidentClass} ${spent} of ${look.quarter}`;
  }
  const title = incidents.find(({ id }) => id === look.incidentId)?.title ?? look.incidentId;
  return `${title} ${spent}`;
}

import { sql } from "drizzle-orm";
import type { Store } from "#db/client.ts";
import { type CatalogSlo, readCatalog } from "#db/reads/catalog.ts";
import { definition } from "#db/suites/definitions.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { type EvaluatedSlo, saveEvaluations } from "#db/writes/evaluations.ts";
import { evaluate, windowsOf } from "#lib/slo/evaluate.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

/** A whole day, so that every kept row stands on its grid. */
export const END = Date.UTC(2026, 0, 31);
const WINDOW = 30 * DAY;
/** Rows of all SLIs together: what a machine with 2 cores can be filled with in reasonable time. */
const ROWS = 2_000_000;
/** What is kept of 30 days. */
const KEPT_ROWS = 4 * 1440 + 26 * 288;

/** A catalog of `count` SLOs in 20 teams, their totals over 30 days up to `end`, and one evaluation each. */
export async function fill(
  store: Store,
  count: number,
  end: number = END,
): Promise<{ rowsPerSli: number }> {
  const slos = Array.from({ length: count }, (_, i) => ({
    definition: numbered(i),
    path: "bench.yaml",
    sliKey: `bench-${i}`,
    source: "bench",
  }));
  await applyCatalog(store.db, { documents: [], slos, now: end });
  const rowsPerSli = Math.min(KEPT_ROWS, Math.floor(ROWS / count));
  await fillTotals(store, rowsPerSli, end);
  await saveEvaluations(store.db, evaluationsOf(await readCatalog(store.db), end));
  await store.session((session) => session.exec("vacuum analyze"));
  return { rowsPerSli };
}

/** Rows at even distances, the newest at END; thousands of SLIs in one statement. */
async function fillTotals({ db }: Store, rowsPerSli: number, end: number): Promise<void> {
  const stepMs = Math.ceil(WINDOW / rowsPerSli / MINUTE) * MINUTE;
  await db.execute(sql`
    insert into sli_totals (sli_id, at, good, total, covered)
    select s.id, ${end}::bigint - n * ${stepMs}::bigint, (${rowsPerSli}::int - n) * 598.0,
      (${rowsPerSli}::int - n) * 600.0, (${rowsPerSli}::int - n) * ${stepMs / MINUTE}::float8
    from slis s, generate_series(${rowsPerSli}::int - 1, 0, -1) n`);
  await db.execute(sql`
    update sli_progress set head_at = ${end}::bigint, tail_at = ${end - WINDOW}::bigint,
      backfill_from = ${end - WINDOW}::bigint, backfilled_at = ${end}::bigint,
      first_covered_at = ${end - WINDOW}::bigint, last_covered_at = ${end}::bigint,
      trailing_max = 600`);
}

/** The same outcome for every SLO at any time: some are healthy, some are exhausted. */
export function evaluationsOf(catalog: readonly CatalogSlo[], at: number): EvaluatedSlo[] {
  return catalog.map((slo, i) => {
    const total = 100_000;
    const counts = { good: total - ((i * 37) % 1400), total, covered: 30 * 1440 };
    const evaluation = evaluate({
      definition: slo.definition,
      at,
      counts: Object.fromEntries(windowsOf(slo.definition, at).map(({ label }) => [label, counts])),
      firstCoveredAt: at - WINDOW,
      lastCoveredAt: at,
      previous: null,
      backfilled: true,
      rows: [],
      spark: Array.from({ length: 30 }, (_, k) => 1 - k / 40),
      linkPrefix: "",
    });
    return { slo, evaluation: { ...evaluation, transition: null } };
  });
}

function numbered(i: number): SloDefinition {
  const more = { service: `service-${Math.floor(i / 3)}`, team: `team-${i % 20}` };
  return definition({ name: `slo-${i}`, ...more });
}

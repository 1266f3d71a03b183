import { type Moved, readFacts, type SloAsk, type SloFacts } from "#app/_data/slo/facts.ts";
import { type CountedRows, readCountedRows } from "#app/_data/slo/rows.ts";
import { statusThen } from "#app/_data/slo/then.ts";
import { type Db, store } from "#db/client.ts";
import { explain, windowOfNumber } from "#lib/explain/explain.ts";
import type { Explanation, NumberId } from "#lib/explain/explanation.ts";
import { LATELY } from "#lib/slo/budget.ts";
import { paceWindow } from "#lib/slo/pace.ts";
import { countsOf, latestAtOrBefore } from "#lib/slo/windows.ts";

export interface ExplainAsk extends SloAsk {
  readonly number: NumberId;
  /** By source, the template of addresses where people open a query. */
  readonly links?: Readonly<Record<string, string>>;
}

/** How one number of an SLO came about; null when there is no such SLO, number or evaluation. */
export async function readExplanation(
  ask: ExplainAsk,
): Promise<{ readonly kind: "slo"; readonly explanation: Explanation | null } | Moved | null> {
  const { db } = await store();
  return db.transaction((tx) => readFrom(tx, ask), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

async function readFrom(db: Db, ask: ExplainAsk) {
  const facts = await readFacts(db, ask);
  if (facts?.kind !== "slo") return facts;
  const { end } = facts;
  const rows = await readCountedRows(db, facts, { from: end, to: end, everything: ask.everything });
  return { kind: "slo" as const, explanation: explanationOf(facts, rows, ask) };
}

function explanationOf(facts: SloFacts, counted: CountedRows, ask: ExplainAsk): Explanation | null {
  const { version, sli, end, record } = facts;
  const { rows, excluded } = counted;
  const { definition } = version;
  const numbers = ask.at === null && !ask.everything ? record : statusThen(facts, counted);
  const window = windowOfNumber(ask.number, definition, end);
  if (!numbers.status || !numbers.detail || !window || !sli) return null;
  return explain({
    id: ask.number,
    definition,
    excluded,
    lately: definition.window.kind === "calendar" ? countsOf(rows, end, LATELY.ms) : null,
    at: end,
    firstCoveredAt: sli.firstCoveredAt,
    start: latestAtOrBefore(rows, end - window.ms) ?? rows[0] ?? null,
    end: latestAtOrBefore(rows, end),
    recent: countsOf(rows, end, paceWindow(numbers.detail).ms),
    status: numbers.status,
    detail: numbers.detail,
    source: {
      name: sli.sourceName,
      flavour: sli.source?.flavour ?? null,
      counting: sli.source?.counting ?? null,
      scrapeIntervalMs: sli.source?.scrapeIntervalMs ?? null,
      link: ask.links?.[sli.sourceName] ?? null,
    },
  });
}

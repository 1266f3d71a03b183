import type { Held } from "#app/_data/whatif/held.ts";
import type { Db } from "#db/connection.ts";
import { readTotalsAt } from "#db/reads/windows.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { windowEdges, windowEnds } from "#lib/whatif/pastWindows.ts";
import { type Suggestion, suggestObjective } from "#lib/whatif/suggestion.ts";

interface SuggestionAsk {
  readonly definition: SloDefinition;
  readonly sliId: number;
  /** Epoch ms. */
  readonly firstCoveredAt: number;
  readonly to: number;
}

/** The objective that all of the history would have kept with the window of a definition. */
export async function readSuggestion(db: Db, held: Held, ask: SuggestionAsk): Promise<Suggestion> {
  const { window } = ask.definition;
  const key = JSON.stringify(window);
  const known = held.suggestions.get(key);
  if (known) return known;
  const found = await suggest(db, held, ask);
  held.suggestions.set(key, found);
  return found;
}

async function suggest(db: Db, { excluded }: Held, ask: SuggestionAsk): Promise<Suggestion> {
  const { definition, sliId, firstCoveredAt, to } = ask;
  const ends = windowEnds(definition.window, { firstCoveredAt, to });
  const edges = windowEdges(definition.window, ends, excluded);
  const found = await readTotalsAt(
    db,
    edges.map((at) => ({ sliId, at })),
  );
  const rows = withoutSpans(distinct(found), excluded);
  const knownMs = to - firstCoveredAt;
  return suggestObjective({ definition, rows, excluded, firstCoveredAt, ends, knownMs });
}

/** Several edges may lie behind the same row. */
function distinct(found: readonly (TotalsRow | null)[]): TotalsRow[] {
  const rows = new Map(found.flatMap((row) => (row ? [[row.at, row] as const] : [])));
  return [...rows.values()].sort((a, b) => a.at - b.at);
}

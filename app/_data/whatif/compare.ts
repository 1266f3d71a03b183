import { type Drawn, type Held, readHeld } from "#app/_data/whatif/held.ts";
import { readSuggestion } from "#app/_data/whatif/suggest.ts";
import type { Compared } from "#components/whatif/view.ts";
import type { Db } from "#db/connection.ts";
import { type RecordedSloState, readStateAt } from "#db/reads/history.ts";
import type { SliOverview } from "#db/reads/sli.ts";
import type { SloRecord } from "#db/reads/slo.ts";
import { type RecordedState, recordedState } from "#lib/slo/recorded.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { comparedFrom, type History, reachMs } from "#lib/whatif/history.ts";
import { consumedLine, type LineSpan, lineEnds, lineSpan } from "#lib/whatif/line.ts";
import { replay } from "#lib/whatif/replay.ts";
import { type ShippedThen, sideOf } from "#lib/whatif/side.ts";

export interface CompareAsk {
  readonly record: SloRecord;
  readonly sli: SliOverview;
  readonly firstCoveredAt: number;
  /** Null while a field has a mistake. */
  readonly asked: SloDefinition | null;
  readonly changed: boolean;
  /** The end of the newest evaluation, epoch ms. */
  readonly to: number;
  readonly now: number;
}

/** The history of an SLO under its present definition and under the one that is asked for. */
export async function compare(db: Db, ask: CompareAsk): Promise<Compared> {
  const { record, asked, to, firstCoveredAt, now } = ask;
  const definitions = [record.definition, asked ?? record.definition];
  const from = comparedFrom(definitions, { to, firstCoveredAt });
  const reach = Math.max(...definitions.map((each) => reachMs(each, from)));
  const { id, sliId } = record;
  const held = await readHeld(db, { record, from: from - reach, to });
  const before = await stateAt(db, held, { id, at: from });
  const history = historyOf(ask, held, { from, before });
  const under = { history, span: lineSpan({ from, to, now }), shipped: held.shipped };
  const present = presentOf(held, record, under);
  const other = asked && (ask.changed ? drawn(asked, under) : present);
  const about = { definition: asked ?? record.definition, sliId, firstCoveredAt, to };
  return {
    from,
    to,
    present: present.side,
    asked: other?.side ?? null,
    line: { at: lineEnds(under.span), present: present.consumed, asked: other?.consumed ?? null },
    suggestion: await readSuggestion(db, held, about),
  };
}

async function stateAt(
  db: Db,
  { states }: Held,
  { id, at }: { readonly id: number; readonly at: number },
): Promise<RecordedSloState | null> {
  const known = states.get(at);
  if (known !== undefined) return known;
  const state = await readStateAt(db, id, at);
  states.set(at, state);
  return state;
}

function historyOf(
  { record, sli, firstCoveredAt, to, now }: CompareAsk,
  { rows, excluded }: Held,
  { from, before }: { readonly from: number; readonly before: RecordedSloState | null },
): History {
  const since = record.detail?.noTrafficSince;
  return {
    ...{ rows, excluded, firstCoveredAt, from, to, now },
    lastCoveredAt: sli.lastCoveredAt,
    before: before && { policyState: before.policyState, blocks: blocksIn(record, before) },
    noTrafficSince: since ? Date.parse(since) : null,
  };
}

function blocksIn({ definition }: SloRecord, { policyState }: RecordedSloState): boolean {
  const step = definition.policy.find(({ name }) => name === policyState);
  return step?.gate === "block" && definition.enforced;
}

interface With {
  readonly history: History;
  readonly span: LineSpan;
  readonly shipped: readonly ShippedThen[];
}

/** The present side stays what it is while somebody types. */
function presentOf(held: Held, record: SloRecord, of: With): Drawn {
  const { version, definition, status, detail } = record;
  const { from, before } = of.history;
  const key = JSON.stringify([version, from, of.span.stepMs, before]);
  const recorded = status && detail && recordedState(status, detail);
  const known = held.present.get(key) ?? drawn(definition, of, recorded);
  held.present.set(key, known);
  return known;
}

function drawn(
  definition: SloDefinition,
  { history, span, shipped }: With,
  recorded: RecordedState | null = null,
): Drawn {
  const found = replay(definition, history, recorded);
  return { side: sideOf(found, shipped), consumed: consumedLine(found.points, span) };
}

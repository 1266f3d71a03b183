import { type Measured, readMeasured } from "#app/_data/whatif/measured.ts";
import { shippedOf } from "#app/_data/whatif/shipped.ts";
import type { Db } from "#db/connection.ts";
import { readExcludedSpans } from "#db/reads/exclusions.ts";
import type { RecordedSloState } from "#db/reads/history.ts";
import type { SloRecord } from "#db/reads/slo.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import type { ShippedThen, Side } from "#lib/whatif/side.ts";
import type { Suggestion } from "#lib/whatif/suggestion.ts";

/** Whose rows, from where to where. Epoch ms. */
export interface HeldAsk {
  readonly record: Pick<SloRecord, "id" | "sliId" | "service">;
  readonly from: number;
  /** The end of the newest evaluation: until the next one the history stays what it is. */
  readonly to: number;
}

/** One definition's side of a comparison and its line. */
export interface Drawn {
  readonly side: Side;
  readonly consumed: readonly (number | null)[];
}

/** Rows as they count, and what goes with them: asked for with each letter, always the same. */
export interface Held {
  readonly rows: readonly TotalsRow[];
  readonly excluded: readonly ExcludedSpan[];
  /** The production deployments of its service. */
  readonly shipped: readonly ShippedThen[];
  /** What the present definition makes of them. */
  readonly present: Map<string, Drawn>;
  /** By window; they move slowly, so a minute more does not change them. */
  readonly suggestions: Map<string, Suggestion>;
  /** What was recorded at or before a time. */
  readonly states: Map<number, RecordedSloState | null>;
}

interface Kept extends Held {
  readonly measured: Measured;
  /** What was left out, as text. */
  readonly without: string;
}

const KEY = Symbol.for("plimsoll.whatif");
const holder = globalThis as { [KEY]?: Map<number, Kept> };
/** A few megabytes each: as many people may play at once. */
const MOST = 8;

/**
 * The rows of an SLO's history. Who changes a number asks many times for the same ones, so those of the
 * last few SLOs are kept until they are evaluated anew, or other times are left out.
 */
export async function readHeld(db: Db, ask: HeldAsk): Promise<Held> {
  const { record, from, to } = ask;
  const { sliId } = record;
  const spans = await readExcludedSpans(db, { from: 0, to, sloId: record.id });
  const excluded = spans.get(record.id) ?? [];
  const without = JSON.stringify(excluded);
  holder[KEY] ??= new Map();
  const known = holder[KEY].get(record.id) ?? null;
  const measured = await readMeasured(db, { sliId, from, to }, known?.measured ?? null);
  const isSame = known?.without === without;
  if (known && isSame && known.measured === measured) return known;
  const goesOn = known && isSame && known.measured.wholeAt === measured.wholeAt;
  const kept: Kept = {
    ...{ measured, without, excluded, present: new Map(), states: new Map() },
    suggestions: goesOn ? known.suggestions : new Map(),
    rows: withoutSpans(measured.rows, excluded),
    shipped: await shippedOf(db, record.service),
  };
  keep(holder[KEY], record.id, kept);
  return kept;
}

function keep(all: Map<number, Kept>, sloId: number, kept: Kept): void {
  all.delete(sloId);
  all.set(sloId, kept);
  const oldest = all.keys().next();
  if (all.size > MOST && !oldest.done) all.delete(oldest.value);
}

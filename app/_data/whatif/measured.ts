import type { Db } from "#db/connection.ts";
import { readTotals } from "#db/reads/totals.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Rows of an SLI in `[from, to]` with nothing left out. Epoch ms. */
export interface Measured {
  readonly sliId: number;
  readonly from: number;
  readonly to: number;
  /** `to` when all of them were read; since then only newer ones came. */
  readonly wholeAt: number;
  /** Ascending. */
  readonly rows: readonly TotalsRow[];
}

/** After so long all are read anew, whether a correction was noticed or not. */
const WHOLE_EVERY_MS = 10 * MINUTE;

/**
 * Reads what is not held yet. A correction moves every later row, so while the newest held one is what
 * it was, the older ones are too, and only a minute or two have to be read.
 */
export async function readMeasured(
  db: Db,
  ask: Pick<Measured, "sliId" | "from" | "to">,
  held: Measured | null,
): Promise<Measured> {
  if (held && isStart(held, ask)) {
    if (held.to === ask.to) return held;
    const newer = await newerThan(db, held, ask.to);
    if (newer) return { ...held, to: ask.to, rows: [...held.rows, ...newer] };
  }
  const { sliId, from, to } = ask;
  return { sliId, from, to, wholeAt: to, rows: await readTotals(db, sliId, from, to) };
}

function isStart(held: Measured, { sliId, from, to }: Pick<Measured, "sliId" | "from" | "to">) {
  if (held.sliId !== sliId || held.from > from) return false;
  return to >= held.to && to - held.wholeAt < WHOLE_EVERY_MS;
}

async function newerThan(db: Db, held: Measured, to: number): Promise<TotalsRow[] | null> {
  const last = held.rows.at(-1);
  const [now, ...newer] = await readTotals(db, held.sliId, held.to, to);
  if (!last || !now) return null;
  const isSame =
    now.at === last.at &&
    now.good === last.good &&
    now.total === last.total &&
    now.covered === last.covered;
  return isSame ? newer : null;
}

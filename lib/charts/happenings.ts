/** What happened beside the numbers, as marks on a time axis. Times in epoch ms. */

export interface Happening {
  readonly kind: "deployment" | "incident";
  readonly id: string;
  /** A version, or what an incident is called. */
  readonly title: string;
  readonly at: number;
  /** Of an incident: when it ended; null while it lasts. Of a deployment: `at`. */
  readonly until: number | null;
  /** A deployment that failed. Incidents are never fine. */
  readonly failed: boolean;
}

/** One thing, or several of a kind that stand too close to be told apart. */
export interface HappeningMark {
  readonly kind: Happening["kind"];
  /** The stretch `[from, to)` of the axis that the mark stands for. */
  readonly from: number;
  readonly to: number;
  /** Where it is drawn: the middle of all. */
  readonly at: number;
  /** When the last of them was over; null while one lasts. */
  readonly until: number | null;
  readonly n: number;
  readonly failed: number;
  /** The first ones, in order of time. */
  readonly named: readonly Pick<Happening, "id" | "title" | "at" | "until" | "failed">[];
}

const MOST_MARKS = 32;
const NAMED = 3;

/**
 * The marks of what happened or lasted in `[from, to)`: at most 32 of a kind and one more at each end,
 * those within one stretch of the axis made one. Stretches are whole multiples of `stepMs`. What began
 * before `from` stands at `from`.
 * @example happeningMarks(happenings, { from, to, stepMs: HOUR })[0]?.n // 3
 */
export function happeningMarks(
  happenings: readonly Happening[],
  axis: { readonly from: number; readonly to: number; readonly stepMs: number },
): HappeningMark[] {
  const cellMs = Math.ceil((axis.to - axis.from) / MOST_MARKS / axis.stepMs) * axis.stepMs;
  const shown = happenings
    .filter(({ at, until }) => at < axis.to && (until === null || until >= axis.from))
    .map((one) => ({ one, x: Math.max(axis.from, one.at) }))
    .sort((a, b) => a.one.at - b.one.at);
  const cells = Map.groupBy(shown, ({ one, x }) => `${one.kind} ${Math.floor(x / cellMs)}`);
  return [...cells.values()].flatMap((cell) => {
    const [first] = cell;
    if (!first) return [];
    const from = Math.floor(first.x / cellMs) * cellMs;
    return [markOf(cell, { kind: first.one.kind, from, to: from + cellMs })];
  });
}

function markOf(
  cell: readonly { readonly one: Happening; readonly x: number }[],
  place: Pick<HappeningMark, "kind" | "from" | "to">,
): HappeningMark {
  const ends = cell.map(({ one }) => one.until);
  return {
    ...place,
    at: cell.reduce((sum, { x }) => sum + x, 0) / cell.length,
    until: ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0)),
    n: cell.length,
    failed: cell.filter(({ one }) => one.failed).length,
    named: cell.slice(0, NAMED).map(({ one: { id, title, at, until, failed } }) => ({
      ...{ id, title, at, until, failed },
    })),
  };
}

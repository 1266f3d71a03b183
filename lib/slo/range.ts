import { badOf } from "#lib/slo/budget.ts";
import { burnOf, minBadOf, tierFires } from "#lib/slo/burn.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import type { Severity } from "#lib/slo/status.ts";
import { type Tier, tiersOf } from "#lib/slo/tiers.ts";
import type { Counts, TotalsRow } from "#lib/slo/totals.ts";
import { countsAt } from "#lib/slo/windows.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** One firing of one tier. Epoch ms; `endedAt` null = still firing at the end of the range. */
export interface FiringInterval {
  readonly tier: string;
  readonly severity: Severity;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** Distance to the next evaluation (ms): fixed, or by the time it starts from. */
export type Grid = number | ((at: number) => number);

/**
 * When each tier fired in `[from, to]` (epoch ms), as if evaluated at each point of the grid, a
 * minute by default; nothing fires before `from`, nor a severity that the document switches off.
 * `rows` ascend, possibly thinned (use `gridAt(now)` then), and reach back to `from` minus the longest
 * window. Ascending by start.
 * @example evaluateRange(definition, rows, from, to)[0] // { tier: "page-fast", startedAt, endedAt, … }
 */
export function evaluateRange(
  definition: Pick<SloDefinition, "objective" | "window" | "sli" | "budgeting" | "alerting">,
  rows: readonly TotalsRow[],
  from: number,
  to: number,
  grid: Grid = MINUTE,
): FiringInterval[] {
  const { objective, alerting } = definition;
  const tiers = tiersOf(definition).filter((tier) => alerting[tier.severity]);
  const watch = new Firings({
    tiers: tiers.map((tier) => ({
      tier,
      long: windowReader(rows, tier.longMs),
      short: windowReader(rows, tier.shortMs),
    })),
    budget: budgetOf(objective),
    minBad: minBadOf(definition),
  });
  for (const at of pointsOf(from, to, grid)) watch.see(at);
  return watch.intervals();
}

/**
 * The points of a grid from the first at or after `from` through `to` (epoch ms); `to` only when the
 * grid holds it.
 * @example [...pointsOf(0, 120_000, 60_000)] // [0, 60_000, 120_000]
 */
export function* pointsOf(from: number, to: number, grid: Grid): Generator<number> {
  const stepAt = typeof grid === "number" ? () => grid : grid;
  let at = Math.ceil(from / stepAt(from)) * stepAt(from);
  while (at <= to) {
    yield at;
    const step = stepAt(at);
    at = Math.floor(at / step) * step + step;
  }
}

/**
 * A reader of the window (ms, or by where it ends) that ends at `at`, for ascending `at`: both edges
 * only move forward, so a whole range costs one pass over the rows.
 * @example const read = windowReader(rows, HOUR); read(t); read(t + MINUTE)
 */
export function windowReader(
  rows: readonly TotalsRow[],
  windowMs: number | ((at: number) => number),
): (at: number) => Counts | null {
  const lengthAt = typeof windowMs === "number" ? () => windowMs : windowMs;
  let start = -1;
  let end = -1;
  const advance = (index: number, edge: number) => {
    let i = index;
    while ((rows[i + 1]?.at ?? Number.POSITIVE_INFINITY) <= edge) i++;
    return i;
  };
  return (at) => {
    const ms = lengthAt(at);
    start = advance(start, at - ms);
    end = advance(end, at);
    return countsAt(rows, { start, end }, at, ms);
  };
}

interface WatchedTier {
  readonly tier: Tier;
  readonly long: (at: number) => Counts | null;
  readonly short: (at: number) => Counts | null;
}

interface Watched {
  readonly tiers: readonly WatchedTier[];
  readonly budget: number;
  readonly minBad: number;
}

/** Follows the tiers of one SLO through time. */
class Firings {
  readonly #of: Watched;
  readonly #since = new Map<string, number>();
  readonly #ended: FiringInterval[] = [];

  constructor(of: Watched) {
    this.#of = of;
  }

  see(at: number): void {
    for (const watched of this.#of.tiers) {
      const fires = this.#fires(watched, at);
      if (fires === null) continue;
      const { tier } = watched;
      if (!fires) this.#end(tier, at);
      else if (!this.#since.has(tier.tier)) this.#since.set(tier.tier, at);
    }
  }

  /** As `tierFires`; the long window is not read while the short one alone keeps a quiet tier quiet. */
  #fires({ tier, long, short }: WatchedTier, at: number): boolean | null {
    const { budget, minBad } = this.#of;
    const burn = burnOf(short(at), tier.shortMs, budget);
    const hot = { long: burn, short: burn, bad: Number.POSITIVE_INFINITY };
    if (!this.#since.has(tier.tier) && !tierFires(tier, hot, minBad)) return false;
    const counts = long(at);
    const both = { long: burnOf(counts, tier.longMs, budget), short: burn };
    return tierFires(tier, { ...both, bad: counts ? badOf(counts) : 0 }, minBad);
  }

  #end(tier: Tier, endedAt: number | null): void {
    const startedAt = this.#since.get(tier.tier);
    if (startedAt === undefined) return;
    this.#since.delete(tier.tier);
    this.#ended.push({ tier: tier.tier, severity: tier.severity, startedAt, endedAt });
  }

  intervals(): FiringInterval[] {
    for (const { tier } of this.#of.tiers) this.#end(tier, null);
    return this.#ended.sort((a, b) => a.startedAt - b.startedAt);
  }
}

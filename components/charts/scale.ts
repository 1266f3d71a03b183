import type { Datum } from "#components/charts/data.ts";
import type { TierLine } from "#lib/charts/view.ts";

export interface Scale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** The budget from full to the deepest overdraft, zero always in sight. */
export function budgetScale(data: readonly Datum[]): Scale {
  const values = data.flatMap(({ band, clean, pace }) => [...(band ?? []), clean ?? 0, pace ?? 0]);
  const lowest = Math.min(0, ...values);
  const step = stepFor(1 - lowest);
  const bottom = Math.min(0, Math.floor(lowest / step + 1e-6) * step);
  const ticks: number[] = [];
  for (let tick = bottom; tick <= 1 + 1e-9; tick += step) ticks.push(round(tick));
  if (ticks.at(-1) !== 1) ticks.push(1);
  return { domain: [Math.min(bottom, -0.08), 1.02], ticks };
}

function stepFor(span: number): number {
  return [0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => span / step <= 5) ?? 1000;
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/**
 * Burn rates are drawn by log(1 + burn): thresholds of 1, 3, 6 and 14.4 stay apart while a peak of a
 * thousand still fits, and no burn is exactly at the bottom.
 */
export function burnHeight(burn: number | null): number | null {
  return burn === null ? null : Math.log1p(Math.max(0, burn));
}

/** What a height on the burn scale stands for. */
export function burnAt(height: number): number {
  return Math.expm1(height);
}

const PEAK_TICKS = [30, 100, 300, 1000, 3000, 10_000];

/** Zero, each tier's factor, and round numbers above them as far as the peaks go. */
export function burnScale(peak: number, tiers: readonly TierLine[]): Scale {
  const factors = [...new Set(tiers.filter((t) => t.reachable).map((t) => t.factor))];
  const highest = Math.max(1, ...factors);
  const above = PEAK_TICKS.filter((tick) => tick > highest * 1.6 && tick <= peak);
  const top = Math.max(highest, peak);
  const ticks = [0, ...factors, ...above].sort((a, b) => a - b).map((burn) => Math.log1p(burn));
  return { domain: [0, Math.log1p(top) * 1.16], ticks };
}

/**
 * An SLI is drawn by its nines, -log10 of what failed: 99 % and 99.9 % are as far apart as 90 % and
 * 99 %. All that is better than a tenth of the allowed failures is drawn as perfect, at the top.
 */
export function ninesHeight(sli: number | null, objective: number): number | null {
  if (sli === null) return null;
  return -Math.log10(Math.min(1, Math.max(1 - sli, perfect(objective))));
}

function perfect(objective: number): number {
  return (1 - objective) / 10;
}

/** The SLI that a height on the scale of nines stands for; the top is 1. */
export function ninesAt(height: number, objective: number): number {
  const failed = 10 ** -height;
  return failed <= perfect(objective) * 1.0001 ? 1 : 1 - failed;
}

/** Whole nines from the lowest value on, the objective, and perfect. */
export function ninesScale(lowest: number | null, objective: number): Scale {
  const top = -Math.log10(perfect(objective));
  const goal = -Math.log10(1 - objective);
  const low = Math.min(goal - 0.7, ninesHeight(lowest, objective) ?? goal);
  const bottom = Math.max(0, Math.floor(low * 2) / 2);
  const whole = [0, 1, 2, 3, 4, 5].filter(
    (n) => n >= bottom && n < top - 0.45 && Math.abs(n - goal) > 0.4,
  );
  return { domain: [bottom, top + 0.1], ticks: [...whole, goal, top].sort((a, b) => a - b) };
}

/** Zero to a round number at or above the highest value. */
export function countScale(highest: number): Scale {
  const top = niceCeil(Math.max(1, highest));
  return { domain: [0, top], ticks: [0, top] };
}

function niceCeil(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((s) => value <= s * power + 1e-9) ?? 10;
  return step * power;
}

import type { WindowCounts } from "#lib/slo/alerts.ts";
import { badOf } from "#lib/slo/budget.ts";
import { burnOf } from "#lib/slo/burn.ts";
import type { SloDetail, TierReading } from "#lib/slo/status.ts";
import { type BurnWindow, burnWindowsOf } from "#lib/slo/tiers.ts";
import { HOUR, parseDuration } from "#lib/time/duration.ts";

/** How fast bad events come, as the end of the budget is told by it. */
export interface Pace {
  /** Bad events per ms. */
  readonly perMs: number;
  /** The window that shows it. */
  readonly over: BurnWindow;
}

/** Long enough not to jump about, short enough to tell of today. */
const USUAL_PACE: BurnWindow = { label: "6h", ms: 6 * HOUR };

type Tiered = Parameters<typeof burnWindowsOf>[0];

/**
 * The long window of the worst tier that fires, also while it is held; null when none fires.
 * @example alertingWindow(definition, tiers)?.label // "1h": page-fast fires
 */
export function alertingWindow(
  definition: Tiered,
  tiers: readonly Pick<TierReading, "long" | "since">[],
): BurnWindow | null {
  const worst = tiers.find(({ since }) => since !== null);
  if (!worst) return null;
  return burnWindowsOf(definition).find(({ label }) => label === worst.long) ?? null;
}

/**
 * The pace of the last six hours, or that of `alerting` where it is faster: whoever is called must
 * not be told of a calmer time. Null while neither is known.
 * @example paceOf(counts, { label: "1h", ms: HOUR })?.over.label // "1h": it burns faster than before
 */
export function paceOf(counts: WindowCounts, alerting: BurnWindow | null): Pace | null {
  const usual = paceOver(counts, USUAL_PACE);
  const sharp = alerting && paceOver(counts, alerting);
  if (!usual || !sharp) return usual ?? sharp;
  return sharp.perMs > usual.perMs ? sharp : usual;
}

function paceOver(counts: WindowCounts, over: BurnWindow): Pace | null {
  const recent = counts[over.label];
  if (!recent || burnOf(recent, over.ms, 1) === null) return null;
  return { perMs: badOf(recent) / over.ms, over };
}

/**
 * The window by whose pace an evaluation told the end of the budget.
 * @example paceWindow(detail).label // "6h": no tier fires
 */
export function paceWindow(detail: Pick<SloDetail, "paceOver"> | null): BurnWindow {
  const label = detail?.paceOver ?? USUAL_PACE.label;
  const ms = parseDuration(label);
  return ms === null ? USUAL_PACE : { label, ms };
}

const UNITS: Readonly<Record<string, string>> = { m: "min", h: "h", d: "d", w: "weeks" };
const ONE: Readonly<Record<string, string>> = { "1h": "hour", "1d": "day", "1w": "week" };

/**
 * A window's label in words, to stand after "the last".
 * @example lastWords("6h") // "6 h"; of "1h": "hour"
 */
export function lastWords(label: string): string {
  const [, number = label, unit = ""] = /^(\d+)([a-z]+)$/.exec(label) ?? [];
  return ONE[label] ?? `${number} ${UNITS[unit] ?? unit}`.trim();
}

import { DAY, floorMinute, HOUR, MINUTE, parseDuration } from "#lib/time/duration.ts";

/** The ranges that have a button; `window` is the SLO's own. */
export const PRESETS = ["1h", "6h", "1d", "3d", "7d", "30d", "window"] as const;
export type Preset = (typeof PRESETS)[number];

/** As the URL says it; null = not said. */
export interface RangeAsk {
  readonly range: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** What to draw: `[from, to)` in epoch ms. A preset moves on with the data, a fixed range does not. */
export interface ChartRange {
  readonly preset: Preset | null;
  readonly from: number;
  readonly to: number;
}

export interface RangeReading {
  readonly range: ChartRange;
  /** Why what was asked for is not shown, one sentence; null = it is. */
  readonly problem: string | null;
}

const SHORTEST_MS = 5 * MINUTE;
const LONGEST_MS = 400 * DAY;

/**
 * The range that a URL asks for. `end` is the exclusive end of the newest data (epoch ms), `windowMs`
 * the SLO's window. What cannot be shown falls back to the window and says why.
 * @example readRange({ range: "1h", from: null, to: null }, { end, windowMs }).range.from // end - HOUR
 */
export function readRange(
  ask: RangeAsk,
  known: { readonly end: number; readonly windowMs: number },
): RangeReading {
  if (ask.from !== null || ask.to !== null) return readFixed(ask, known);
  const preset = PRESETS.find((p) => p === (ask.range ?? "window"));
  if (preset) return { range: presetRange(preset, known), problem: null };
  return fallback(
    known,
    `There is no range “${ask.range}”; use one of ${PRESETS.join(", ")}. This is the SLO's window.`,
  );
}

function presetRange(
  preset: Preset,
  { end, windowMs }: { readonly end: number; readonly windowMs: number },
): ChartRange {
  const ms = preset === "window" ? windowMs : (parseDuration(preset) ?? windowMs);
  return { preset, from: end - ms, to: end };
}

function readFixed(
  { from, to }: RangeAsk,
  known: { readonly end: number; readonly windowMs: number },
): RangeReading {
  const start = readTime(from);
  const stop = to === null ? known.end : readTime(to);
  if (start === null || stop === null) {
    return fallback(
      known,
      "“from” and “to” must be times such as 2026-07-01T10:00Z. This is the SLO's window.",
    );
  }
  const range = { preset: null, from: start, to: Math.min(stop, known.end) };
  if (range.to - range.from < SHORTEST_MS) {
    return fallback(
      known,
      "The range must be at least 5 minutes long and begin before the newest data.",
    );
  }
  if (known.end - range.from > LONGEST_MS) return fallback(known, "History is kept for 400 days.");
  return { range, problem: null };
}

function fallback(
  known: { readonly end: number; readonly windowMs: number },
  problem: string,
): RangeReading {
  return { range: presetRange("window", known), problem };
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * A time of a URL: ISO 8601 with a zone, to the minute, as epoch ms; null when it is not one.
 * @example readTime("2026-07-01T10:00Z") // 1_782_900_000_000
 */
export function readTime(text: string | null): number | null {
  if (text === null || !ISO.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : floorMinute(ms);
}

/**
 * The moment that `?at=` asks for, as epoch ms, or why it cannot be shown, one sentence; neither when
 * nothing is asked.
 * @example readMoment("tomorrow", now).problem // "“at” must be a time such as …"
 */
export function readMoment(
  text: string | null,
  now: number,
): { readonly at: number | null; readonly problem: string | null } {
  const at = readTime(text);
  if (text === null) return { at, problem: null };
  if (at === null) return { at, problem: "“at” must be a time such as 2026-07-01T10:00Z." };
  return at <= now ? { at, problem: null } : { at: null, problem: "“at” lies in the future." };
}

/**
 * A time (epoch ms) as URLs spell it: UTC, to the minute.
 * @example writeTime(1_782_900_000_000) // "2026-07-01T10:00Z"
 */
export function writeTime(ms: number): string {
  return `${new Date(floorMinute(ms)).toISOString().slice(0, 16)}Z`;
}

/** Lengths of a bin that divide an hour or a day evenly. */
const STEPS = [1, 2, 5, 10, 15, 30].map((m) => m * MINUTE);
const LONG_STEPS = [1, 2, 3, 4, 6, 12, 24].map((h) => h * HOUR);

/**
 * The shortest even bin length (ms) that cuts a span (ms) into at most `most` bins; whole days where
 * a day is too short.
 * @example binStep(30 * DAY, 480) // 5_400_000 is no even step, so 7_200_000
 */
export function binStep(spanMs: number, most: number): number {
  return (
    [...STEPS, ...LONG_STEPS].find((step) => spanMs / step <= most) ??
    Math.ceil(spanMs / most / DAY) * DAY
  );
}

/** Durations as Prometheus writes them, and the minute grid. All in milliseconds. */

const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Prometheus's order and lengths: a year is 365 d, a week 7 d, whatever the calendar says. */
const UNITS = [365 * DAY, 7 * DAY, DAY, HOUR, MINUTE, SECOND, 1] as const;
const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/**
 * Milliseconds of a Prometheus duration; null when it is not one. Units go from large to small, each
 * at most once; "0d" is 0, an empty text is null.
 * @example parseDuration("1h30m") // 5_400_000
 */
export function parseDuration(text: string): number | null {
  const parts = text === "" ? null : DURATION.exec(text)?.slice(1);
  if (!parts) return null;
  const ms = UNITS.reduce((sum, unit, i) => sum + unit * Number(parts[i] ?? 0), 0);
  return Number.isSafeInteger(ms) ? ms : null;
}

const NAMED = [
  [DAY, "d"],
  [HOUR, "h"],
  [MINUTE, "m"],
  [SECOND, "s"],
  [1, "ms"],
] as const;

/**
 * The shortest spelling in days and smaller units (weeks and years are not used: windows are known as
 * "7d", "28d"); 0 and less is "0s", fractions of a millisecond are dropped.
 * @example formatDuration(30 * DAY) // "30d"
 */
export function formatDuration(ms: number): string {
  let rest = Math.floor(ms);
  let text = "";
  for (const [unit, name] of NAMED) {
    const count = Math.floor(rest / unit);
    if (count > 0) text += `${count}${name}`;
    rest -= Math.max(0, count) * unit;
  }
  return text === "" ? "0s" : text;
}

/**
 * The start of the minute that holds `ms` (epoch milliseconds); a whole minute is itself.
 * @example floorMinute(61_000) // 60_000
 */
export function floorMinute(ms: number): number {
  return Math.floor(ms / MINUTE) * MINUTE;
}

/**
 * The first whole minute at or after `ms` (epoch milliseconds).
 * @example ceilMinute(61_000) // 120_000
 */
export function ceilMinute(ms: number): number {
  return Math.ceil(ms / MINUTE) * MINUTE;
}

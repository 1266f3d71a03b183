import { DAY, HOUR } from "#lib/time/duration.ts";

/**
 * Days of a time zone. A day is known by its number: days since 1970-01-01 of the local calendar, so
 * that weeks and months are sums. Moments are epoch ms; nothing depends on the machine's own zone.
 */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, made);
  return made;
}

/**
 * Whether a name is an IANA time zone that this machine knows.
 * @example isZone("Europe/Berlin") // true
 */
export function isZone(name: string): boolean {
  try {
    return formatOf(name) !== null;
  } catch {
    return false;
  }
}

/**
 * What a clock on the wall shows at `at` (epoch ms), as if it were UTC: epoch ms, to the second.
 * @example wallOf(0, "Europe/Berlin") // 3_600_000
 */
export function wallOf(at: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The moment (epoch ms) at which a clock on the wall shows `wall` (as if it were UTC). Of a time that
 * comes twice the first; a time that clocks skip is as much later as they skip (RFC 5545, 3.3.5).
 * @example momentOf(3_600_000, "Europe/Berlin") // 0
 */
export function momentOf(wall: number, zone: string): number {
  const offsetAt = (at: number) => wallOf(at, zone) - at;
  const earlier = wall - offsetAt(wall - DAY);
  if (wallOf(earlier, zone) === wall) return earlier;
  const later = wall - offsetAt(wall + DAY);
  return wallOf(later, zone) === wall ? later : earlier;
}

/**
 * The number of the local day that holds `at` (epoch ms).
 * @example dayOf(Date.UTC(1970, 0, 2), "UTC") // 1
 */
export function dayOf(at: number, zone: string): number {
  return Math.floor(wallOf(at, zone) / DAY);
}

/**
 * The first moment (epoch ms) of a local day: midnight, or later where clocks skip it. A day that a
 * zone left out has no length: it starts with the next one.
 * @example startOfDay(0, "Europe/Berlin") // -3_600_000
 */
export function startOfDay(day: number, zone: string): number {
  const wall = day * DAY;
  const guess = wall - (wallOf(wall, zone) - wall);
  if (isFirstMoment(guess, day, zone)) return guess;
  return firstMoment(day, zone);
}

function isFirstMoment(at: number, day: number, zone: string): boolean {
  return dayOf(at, zone) === day && dayOf(at - 1, zone) < day;
}

/** Zones lie within 26 h of each other, so the day begins somewhere in here. */
function firstMoment(day: number, zone: string): number {
  let before = day * DAY - 26 * HOUR;
  let inside = day * DAY + 26 * HOUR;
  while (inside - before > 1) {
    const middle = Math.floor((before + inside) / 2);
    if (dayOf(middle, zone) >= day) inside = middle;
    else before = middle;
  }
  return inside;
}

/**
 * The number of a day of the calendar; days and months beyond the end run on into the next.
 * @example dayNumber(2026, 3, 1) // 20513
 */
export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY;
}

/**
 * Year and month (1-12) of a day by its number.
 * @example monthOfDay(20513) // { year: 2026, month: 3 }
 */
export function monthOfDay(day: number): { readonly year: number; readonly month: number } {
  const date = new Date(day * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
}

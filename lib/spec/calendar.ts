import { readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { CalendarUnit, CalendarWindow } from "#lib/spec/model.ts";
import { DAY } from "#lib/time/duration.ts";
import { isZone } from "#lib/time/zone.ts";

const NOMINAL_MS: Readonly<Record<CalendarUnit, number>> = {
  week: 7 * DAY,
  month: 30 * DAY,
  quarter: 91 * DAY,
  year: 365 * DAY,
};

/** History is kept 400 days, so a period may not be longer than a year. */
const MAX_COUNT: Readonly<Record<CalendarUnit, number>> = {
  week: 52,
  month: 12,
  quarter: 4,
  year: 1,
};

export const CALENDAR_UNITS: readonly CalendarUnit[] = ["week", "month", "quarter", "year"];

/**
 * A calendar window with its nominal length and label. A start that single periods have anyway (a
 * Monday, the 1st, 1 January, at midnight) is left out.
 * @example calendarWindow({ unit: "month", count: 1, zone: "UTC", startsAt: null }).label // "month"
 */
export function calendarWindow(
  of: Pick<CalendarWindow, "unit" | "count" | "zone" | "startsAt">,
): CalendarWindow {
  const label = of.count === 1 ? of.unit : `${of.count} ${of.unit}s`;
  const startsAt = of.startsAt !== null && isUsualStart(of) ? null : of.startsAt;
  return { kind: "calendar", ...of, startsAt, ms: of.count * NOMINAL_MS[of.unit], label };
}

function isUsualStart({
  unit,
  count,
  startsAt,
}: Pick<CalendarWindow, "unit" | "count" | "startsAt">): boolean {
  if (count !== 1 || !startsAt?.endsWith("T00:00:00")) return false;
  const day = new Date(`${startsAt}Z`);
  if (unit === "week") return day.getUTCDay() === 1;
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  return day.getUTCDate() === 1 && day.getUTCMonth() % months === 0;
}

/**
 * Whether a period of `count` units is one that can be counted, else an error at the node.
 * @example checkCount({ unit: "year", count: 2 }, node, findings) // false
 */
export function checkCount(
  { unit, count }: { readonly unit: CalendarUnit; readonly count: number },
  node: Located,
  findings: Findings,
): boolean {
  const max = MAX_COUNT[unit];
  if (Number.isInteger(count) && count >= 1 && count <= max) return true;
  const most = max === 1 ? `1 ${unit}` : `${max} ${unit}s`;
  const message = `must be at least 1 and at most ${most}, as history is kept for a year, got ${describe(node)}`;
  findings.error(node, "window-range", message);
  return false;
}

/**
 * The IANA name of a time zone.
 * @example readZone(node of "Europe/Berlin", findings) // "Europe/Berlin"
 */
export function readZone(node: Located | null, findings: Findings): string | null {
  const zone = readText(node, findings);
  if (zone === null || node === null || isNamedZone(zone)) return zone;
  const message = `must be a time zone by its IANA name, such as Europe/Berlin or UTC, got ${describe(node)}`;
  return findings.error(node, "bad-zone", message);
}

/** An offset such as +01:00 has no daylight saving and is no name. */
function isNamedZone(zone: string): boolean {
  return /^[A-Za-z]/.test(zone) && isZone(zone);
}

const WALL_TIME = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::(\d{2}))?)?$/;

/**
 * A date with a time on the wall, without a zone: the start of some period. Midnight when no time is given.
 * @example readWallTime(node of "2026-01-21 12:30:00", findings) // "2026-01-21T12:30:00"
 */
export function readWallTime(node: Located | null, findings: Findings): string | null {
  const text = readText(node, findings);
  if (text === null || node === null) return null;
  const [, date, time = "00:00", seconds = "00"] = WALL_TIME.exec(text) ?? [];
  const wall = `${date}T${time}:${seconds}`;
  const at = new Date(`${wall}Z`);
  // A 31 June would become 1 July.
  if (date && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(wall)) return wall;
  const message = `must be a date with a time and no zone, as in 2026-01-01 00:00:00, got ${describe(node)}`;
  return findings.error(node, "bad-start", message);
}

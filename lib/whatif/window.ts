import { CALENDAR_UNITS, calendarWindow, checkCount } from "#lib/spec/calendar.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { CalendarUnit, SloWindow } from "#lib/spec/model.ts";
import { readRollingWindow } from "#lib/spec/window.ts";
import { written } from "#lib/whatif/written.ts";

const CALENDAR = /^(?:(\d{1,3})\s*)?(week|month|quarter|year)s?$/i;

/**
 * A window of 1 to 400 days ("28d") or a calendar period ("month", "2 weeks"). A period is counted in
 * the zone of the present window where that is one too, else in UTC.
 * @example readWindow("month", present, findings)?.kind // "calendar"
 */
export function readWindow(text: string, present: SloWindow, findings: Findings): SloWindow | null {
  if (text === present.label) return present;
  const [, count = "1", name] = CALENDAR.exec(text) ?? [];
  const unit = CALENDAR_UNITS.find((each) => each === name?.toLowerCase());
  if (unit) return readPeriod({ unit, count: Number(count), text }, present, findings);
  if (/^[a-z]/i.test(text)) return findings.error(written(text), "window-format", UNREADABLE);
  return readRollingWindow(written(text), findings);
}

const UNREADABLE = "must be a duration such as 30d or 28d, or week, month, quarter or year";

function readPeriod(
  { unit, count, text }: { unit: CalendarUnit; count: number; text: string },
  present: SloWindow,
  findings: Findings,
): SloWindow | null {
  if (!checkCount({ unit, count }, written(text), findings)) return null;
  const zone = present.kind === "calendar" ? present.zone : "UTC";
  return calendarWindow({ unit, count, zone, startsAt: null });
}

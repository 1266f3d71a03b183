import {
  CALENDAR_UNITS,
  calendarWindow,
  checkCount,
  readWallTime,
  readZone,
} from "#lib/spec/calendar.ts";
import { openMap, readNumber, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { CalendarUnit, SloWindow } from "#lib/spec/model.ts";
import { readRollingWindow } from "#lib/spec/window.ts";

/**
 * A rolling window (`30d`), or one of the calendar: `month` in UTC, or a map that also names the zone.
 * @example readWindow(node of "{ calendar: month, zone: Europe/Berlin }", findings)?.label // "month"
 */
export function readWindow(node: Located | null, findings: Findings): SloWindow | null {
  if (node?.kind === "map") return readCalendar(node, findings);
  const written = node?.kind === "text" ? node.value.trim() : "";
  const unit = CALENDAR_UNITS.find((name) => name === written);
  if (unit) return calendarWindow({ unit, count: 1, zone: "UTC", startsAt: null });
  const meant = node && meantUnit(written);
  if (!node || !meant) return readRollingWindow(node, findings);
  const message = `must be a duration such as 30d, or week, month, quarter or year, got ${describe(node)}; write ${meant}`;
  return findings.error(node, "window-format", message);
}

const SHORTHANDS: Readonly<Record<string, CalendarUnit>> = {
  "1M": "month",
  "1Q": "quarter",
  "1Y": "year",
};

function meantUnit(written: string): CalendarUnit | null {
  const said = /^(?:calendar[- ]?)?(week|month|quarter|year)(?:ly|s)?$/i.exec(written)?.[1];
  const unit = CALENDAR_UNITS.find((name) => name === said?.toLowerCase());
  return unit ?? SHORTHANDS[written] ?? null;
}

function readCalendar(node: Located, findings: Findings): SloWindow | null {
  const fields = openMap(node, ["calendar", "count", "zone", "start"], findings);
  if (!fields) return null;
  const unitNode = requireField(fields, "calendar", { write: "calendar: month", findings });
  const written = readText(unitNode, findings);
  const unit = CALENDAR_UNITS.find((name) => name === written);
  if (unitNode && written !== null && !unit) {
    const message = `must be week, month, quarter or year, got ${describe(unitNode)}`;
    findings.error(unitNode, "window-format", message);
  }
  const countNode = fields.get("count");
  const count = countNode ? readNumber(countNode, findings) : 1;
  const zone = readZone(requireField(fields, "zone", { write: "zone: UTC", findings }), findings);
  const startNode = fields.get("start");
  const startsAt = readWallTime(startNode, findings);
  if (countNode && count !== null && count > 1 && !startNode) {
    requireField(fields, "start", {
      write: "start: 2026-01-01 00:00, where a period began",
      findings,
    });
  }
  if (!unit || count === null || zone === null || (startNode && startsAt === null)) return null;
  if (countNode && !checkCount({ unit, count }, countNode, findings)) return null;
  return calendarWindow({ unit, count, zone, startsAt });
}

import { calendarWindow, checkCount, readWallTime, readZone } from "#lib/spec/calendar.ts";
import { type Fields, openMap, readBoolean, readList, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { SloWindow } from "#lib/spec/model.ts";
import { readShorthand, type Shorthand } from "#lib/spec/openslo/durations.ts";
import { rollingWindow } from "#lib/spec/window.ts";

/**
 * `timeWindow`: a list of exactly one window, rolling or by the calendar.
 * @example readTimeWindow(node of "[{ duration: 28d, isRolling: true }]", findings)?.kind // "rolling"
 */
export function readTimeWindow(node: Located | null, findings: Findings): SloWindow | null {
  const items = readList(node, findings);
  const only = items?.[0];
  if (items && node && items.length !== 1) {
    const message = `must hold exactly one window, got ${items.length}`;
    findings.error(node, "window-format", message);
  }
  const fields = only && openMap(only, ["duration", "isRolling", "calendar"], findings);
  if (!fields) return null;
  const duration = requireField(fields, "duration", { write: "duration: 28d", findings });
  const shorthand = readShorthand(duration, findings);
  if (shorthand?.text === "1m" && duration) findings.lint(duration, "minute-or-month", MINUTE);
  return isRolling(fields, findings)
    ? readRolling(shorthand, duration, findings)
    : readCalendar(fields, shorthand, findings);
}

const MINUTE = "is one minute; a month is 1M";

/** Left out, it follows from `calendar`; neither of them says nothing. */
function isRolling(fields: Fields, findings: Findings): boolean {
  const [said, calendar] = [fields.get("isRolling"), fields.get("calendar")];
  const rolling = readBoolean(said, findings);
  if (rolling === true && calendar) {
    findings.error(calendar, "window-format", "goes with isRolling: false; take one of them out");
  }
  if (said === null && !calendar) {
    const message = "is missing; write isRolling: true, or a calendar";
    findings.error(
      { ...fields.node, path: `${fields.node.path}.isRolling` },
      "missing-field",
      message,
    );
  }
  return rolling ?? !calendar;
}

function readRolling(
  shorthand: Shorthand | null,
  node: Located | null,
  findings: Findings,
): SloWindow | null {
  if (shorthand === null || node === null) return null;
  if (shorthand.ms !== null) {
    return rollingWindow({ ms: shorthand.ms, label: shorthand.text }, node, findings);
  }
  const message = `has no fixed length, got ${describe(node)}; write days, or a calendar for calendar periods`;
  return findings.error(node, "window-format", message);
}

function readCalendar(
  fields: Fields,
  shorthand: Shorthand | null,
  findings: Findings,
): SloWindow | null {
  const write = "calendar: with startTime and timeZone";
  const node = requireField(fields, "calendar", { write, findings });
  const calendar = node && openMap(node, ["startTime", "timeZone"], findings);
  if (!calendar) return null;
  const need = (name: string, example: string) =>
    requireField(calendar, name, { write: `${name}: ${example}`, findings });
  const startsAt = readWallTime(need("startTime", "2026-01-01 00:00:00"), findings);
  const zone = readZone(need("timeZone", "Europe/Berlin"), findings);
  const duration = fields.get("duration");
  if (shorthand === null || duration === null) return null;
  const { unit, count } = shorthand;
  if (unit === null) {
    const message = `must be in weeks, months, quarters or years (w, M, Q, Y) for a calendar, got ${describe(duration)}`;
    return findings.error(duration, "window-format", message);
  }
  if (!checkCount({ unit, count }, duration, findings)) return null;
  return startsAt && zone ? calendarWindow({ unit, count, zone, startsAt }) : null;
}

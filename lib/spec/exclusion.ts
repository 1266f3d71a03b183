import { refusedRecurrence } from "#lib/exclusions/recurrence.ts";
import { readZone } from "#lib/spec/calendar.ts";
import { readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { SaidExclusion } from "#lib/spec/model.ts";
import { DAY, MINUTE, parseDuration } from "#lib/time/duration.ts";
import { momentOf } from "#lib/time/zone.ts";

/** When an exclusion is, as its document writes it; each format has its own names for these. */
export interface WrittenTimes {
  readonly start: Located | null;
  readonly end: Located | null;
  readonly duration: Located | null;
  readonly rrule: Located | null;
  readonly zone: Located | null;
}

export type SaidTimes = Pick<SaidExclusion, "startsAt" | "endsAt" | "rrule" | "zone">;

/** A slip of the year would take everything out of a budget. */
const LONGEST_DAYS = 31;

/**
 * The times of an exclusion (epoch ms); null where they cannot be followed, with errors at their
 * places. A start or end without an offset is a time on the wall of `zone`, by default UTC.
 * @example readTimes({ start, end: null, duration, rrule: null, zone: null }, findings)?.zone // "UTC"
 */
export function readTimes(written: WrittenTimes, findings: Findings): SaidTimes | null {
  const before = findings.errors;
  const zone = readZone(written.zone, findings) ?? "UTC";
  const startsAt = readMoment(written.start, zone, findings);
  const end = readMoment(written.end, zone, findings);
  const lengthMs = readLength(written.duration, findings);
  const rrule = readRule(written.rrule, findings);
  if (findings.errors > before || startsAt === null || written.start === null) return null;
  if (startsAt < EARLIEST) return findings.error(written.start, "exclusion-time", TOO_EARLY);
  const endsAt = end ?? (lengthMs === null ? null : startsAt + lengthMs);
  if (endsAt === null) return null;
  if (end !== null && lengthMs !== null && end !== startsAt + lengthMs && written.duration) {
    return findings.error(written.duration, "exclusion-time", DIFFERS);
  }
  const last = written.end ?? written.duration;
  const wrong = lengthMistake(endsAt - startsAt);
  if (wrong && last) return findings.error(last, "exclusion-time", wrong);
  return { startsAt, endsAt, rrule, zone };
}

/** Recurrences are counted from their first time: this keeps that short. */
const EARLIEST = Date.UTC(2015, 0, 1);
const TOO_EARLY =
  "lies before 2015, and no history of that time is kept; begin with a later time, a recurrence too";
const DIFFERS = "does not lead to the end that is given; take one of them out";

function lengthMistake(ms: number): string | null {
  if (ms <= 0) return "must lie after the start";
  if (ms < MINUTE) return "is less than a minute after the start; whole minutes are left out";
  if (ms <= LONGEST_DAYS * DAY) return null;
  return `lies more than ${LONGEST_DAYS} days after the start; check the date`;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?$/;

function readMoment(node: Located | null, zone: string, findings: Findings): number | null {
  const text = readText(node, findings);
  if (text === null || node === null) return null;
  const [, date = "", time = "", offset] = MOMENT.exec(text) ?? [];
  const wall = Date.parse(`${date}T${time}Z`);
  const at = offset === undefined ? wall : Date.parse(`${date}T${time}${offset}`);
  // A 31 June would become 1 July.
  const isDay = Number.isFinite(wall) && new Date(wall).toISOString().startsWith(date);
  if (isDay && Number.isFinite(at)) return offset === undefined ? momentOf(wall, zone) : at;
  const message = `must be a date with a time, such as 2026-01-31 22:00 or 2026-01-31T22:00:00+01:00, got ${describe(node)}`;
  return findings.error(node, "exclusion-time", message);
}

function readLength(node: Located | null, findings: Findings): number | null {
  const text = readText(node, findings);
  if (text === null || node === null) return null;
  const ms = parseDuration(text);
  if (ms !== null && ms >= MINUTE && ms % 1000 === 0) return ms;
  const message = `must be a duration of at least a minute, such as 90m or 1h30m, got ${describe(node)}`;
  return findings.error(node, "exclusion-time", message);
}

function readRule(node: Located | null, findings: Findings): string | null {
  const rule = readText(node, findings);
  const wrong = rule === null ? null : refusedRecurrence(rule);
  if (node === null || wrong === null) return rule;
  return findings.error(node, "exclusion-time", `cannot be followed: ${wrong}`);
}

import { RRuleTemporal } from "rrule-temporal";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { DAY } from "#lib/time/duration.ts";
import { momentOf, wallOf } from "#lib/time/zone.ts";

/** A time, and when it comes again. Epoch ms. */
export interface Recurring {
  readonly startsAt: number;
  /** End of the first occurrence; all last as long. */
  readonly endsAt: number;
  /** RFC 5545, as `FREQ=WEEKLY;BYDAY=SU`; null: once. */
  readonly rrule: string | null;
  /** IANA name: it comes again at the same time on the wall. */
  readonly zone: string;
}

const PARTS = [
  "FREQ",
  "INTERVAL",
  "COUNT",
  "UNTIL",
  "BYDAY",
  "BYMONTHDAY",
  "BYMONTH",
  "BYSETPOS",
  "WKST",
];
const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
/** More than this of one exclusion in the time asked for is a mistake: no rule is finer than a day. */
const MOST = 5_000;

/**
 * Why a recurrence cannot be followed, one sentence that says what to do; null where it can.
 * @example refusedRecurrence("FREQ=HOURLY") // "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY, got HOURLY."
 */
export function refusedRecurrence(rrule: string): string | null {
  const parts = rrule.split(";").map((part) => part.split("="));
  const broken = parts.find(([name, value, ...rest]) => !name || !value || rest.length > 0);
  if (broken)
    return "Write parts as NAME=VALUE with a semicolon between them, as FREQ=WEEKLY;BYDAY=SU for every Sunday.";
  const names = parts.map(([name]) => name ?? "");
  const unknown = names.find((name) => !PARTS.includes(name));
  if (unknown) return `${unknown} is not supported; use ${PARTS.join(", ")}.`;
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) return `${twice} is given twice.`;
  const frequency = parts.find(([name]) => name === "FREQ")?.[1] ?? "nothing";
  if (!FREQUENCIES.includes(frequency)) {
    return `FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY, got ${frequency}.`;
  }
  if (names.includes("COUNT") && names.includes("UNTIL")) return "Give COUNT or UNTIL, not both.";
  const count = parts.find(([name]) => name === "COUNT")?.[1] ?? "1";
  if (!/^[1-9]\d{0,4}$/.test(count)) return `COUNT must be a whole number from 1, got ${count}.`;
  return refusedByLibrary(rrule);
}

function refusedByLibrary(rrule: string): string | null {
  try {
    ruleFrom(0, rrule);
    return null;
  } catch (error) {
    return `It is no recurrence rule of RFC 5545: ${error instanceof Error ? error.message : error}.`;
  }
}

/**
 * The occurrences that touch `[from, to)` (epoch ms), in order, at the same time on the zone's wall;
 * one that clocks skip comes as much later.
 * @example occurrences({ startsAt, endsAt, rrule: "FREQ=WEEKLY", zone: "UTC" }, { from, to }).length // 4
 */
export function occurrences(
  { startsAt, endsAt, rrule, zone }: Recurring,
  { from, to }: ExcludedSpan,
): ExcludedSpan[] {
  const length = endsAt - startsAt;
  const starts =
    rrule === null ? [startsAt] : startsOf({ startsAt, rrule, zone }, from - length, to);
  return starts
    .map((start) => ({ from: start, to: start + length }))
    .filter((span) => span.from < to && span.to > from);
}

/** Walls are written out as if they were UTC, and then looked up in the zone. */
function startsOf(
  { startsAt, rrule, zone }: Omit<Recurring, "endsAt"> & { readonly rrule: string },
  from: number,
  to: number,
): number[] {
  const rule = ruleFrom(wallOf(startsAt, zone), untilOnWall(rrule, zone));
  // A zone's wall is a day from UTC at most.
  const walls = rule.between(new Date(from - 2 * DAY), new Date(to + 2 * DAY), true);
  return walls.slice(0, MOST).map((wall) => momentOf(wall.epochMilliseconds, zone));
}

function ruleFrom(wall: number, rrule: string): RRuleTemporal {
  return new RRuleTemporal({ rruleString: `DTSTART:${stamp(wall)}\nRRULE:${rrule}` });
}

/** UNTIL is a moment, where it ends with Z; a day, or a time on the wall, stays as it is. */
function untilOnWall(rrule: string, zone: string): string {
  return rrule.replace(
    /UNTIL=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/,
    (_, year, month, day, hour, minute, second) =>
      `UNTIL=${stamp(wallOf(Date.UTC(+year, +month - 1, +day, +hour, +minute, +second), zone))}`,
  );
}

/** As `20260301T020000Z`. */
function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

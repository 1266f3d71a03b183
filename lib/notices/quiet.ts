import { DAY, floorMinute, MINUTE } from "#lib/time/duration.ts";

/** Hours in which only pages get through. Wall time in `zone`; over midnight when `from` is after `to`. */
export interface QuietHours {
  /** IANA name. */
  readonly zone: string;
  /** As "22:00". */
  readonly from: string;
  readonly to: string;
}

/**
 * When the quiet hours that hold `now` end (epoch ms); null outside of them. They begin with the minute
 * `from` and end with the minute `to`, by the clock on the wall, also where it is changed in between.
 * @example quietUntil({ zone: "UTC", from: "22:00", to: "07:00" }, Date.UTC(2026, 0, 1, 23)) // 02 Jan, 07:00
 */
export function quietUntil({ zone, from, to }: QuietHours, now: number): number | null {
  const wall = minuteOfDay(now, zone);
  const end = minutesOf(to);
  const length = ahead(minutesOf(from), end);
  const left = ahead(wall, end);
  if (left === 0 || left > length) return null;
  const guess = floorMinute(now) + left * MINUTE;
  return guess - drift(minuteOfDay(guess, zone), end);
}

/** What a clock that was changed meanwhile is off by: at most half a day, to either side. */
function drift(wall: number, end: number): number {
  const late = ahead(end, wall);
  return (late > MINUTES / 2 ? late - MINUTES : late) * MINUTE;
}

const MINUTES = DAY / MINUTE;

/** Minutes from one time of the day to the next moment of another; 0 when they are the same. */
function ahead(from: number, to: number): number {
  return (to - from + MINUTES) % MINUTES;
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

function minuteOfDay(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return minutesOf(format.format(at));
}

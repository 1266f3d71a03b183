import type { CalendarUnit, CalendarWindow, SloWindow } from "#lib/spec/model.ts";
import { DAY } from "#lib/time/duration.ts";
import { momentOf, wallOf } from "#lib/time/zone.ts";

/** The time that a budget is for: `[from, to)`, epoch ms. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * The period whose budget is spent at `at` (epoch ms): the window that ends there, or the calendar
 * period that holds the time just before it, so that one that ends at `at` is whole.
 * @example periodOf(month("Europe/Berlin"), Date.UTC(2026, 2, 31, 22)) // March, 743 hours
 */
export function periodOf(window: SloWindow, at: number): Period {
  if (window.kind === "rolling") return { from: at - window.ms, to: at };
  const key = `${window.unit} ${window.count} ${window.zone} ${window.startsAt}`;
  const held = last.get(key);
  if (held && held.from < at && at <= held.to) return held;
  const found = calendarPeriod(window, at);
  last.set(key, found);
  return found;
}

/** Zones are slow to ask, and the same period is asked for thousands of times. */
const last = new Map<string, Period>();

/**
 * How much of the period that a budget is for has passed at `at` (ms): all of a rolling window.
 * @example elapsedMs({ kind: "rolling", ms: 30 * DAY, label: "30d" }, at) // 2_592_000_000
 */
export function elapsedMs(window: SloWindow, at: number): number {
  return at - periodOf(window, at).from;
}

/** Periods are counted from one of them, on the wall: weeks by days, the others by months. */
function calendarPeriod(window: CalendarWindow, at: number): Period {
  const { zone } = window;
  const anchor = anchorOf(window);
  const start = (n: number) => momentOf(nthStart(window, anchor, n), zone);
  let n = Math.floor((wallOf(at - 1, zone) - anchor) / nominalMs(window));
  while (start(n) >= at) n--;
  while (start(n + 1) < at) n++;
  return { from: start(n), to: start(n + 1) };
}

/** 1 January 2024 was a Monday: a start of every unit. */
const USUAL_ANCHOR = Date.UTC(2024, 0, 1);

function anchorOf({ startsAt }: CalendarWindow): number {
  return startsAt === null ? USUAL_ANCHOR : Date.parse(`${startsAt}Z`);
}

const MONTHS: Readonly<Record<Exclude<CalendarUnit, "week">, number>> = {
  month: 1,
  quarter: 3,
  year: 12,
};

function nthStart({ unit, count }: CalendarWindow, anchor: number, n: number): number {
  if (unit === "week") return anchor + n * count * 7 * DAY;
  return addMonths(anchor, n * count * MONTHS[unit]);
}

function nominalMs({ unit, count }: CalendarWindow): number {
  return unit === "week" ? count * 7 * DAY : count * MONTHS[unit] * 30.44 * DAY;
}

/** Of a day that a month does not have, its last day. */
function addMonths(wall: number, months: number): number {
  const date = new Date(wall);
  const month = date.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(date.getUTCDate(), lastDay);
  const time = wall - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return Date.UTC(date.getUTCFullYear(), month, day) + time;
}

/**
 * The starts of all periods in `[from, to)` (epoch ms), ascending; none for a rolling window.
 * @example periodStarts(month("UTC"), { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 2, 1) }).length // 2
 */
export function periodStarts(window: SloWindow, { from, to }: Period): number[] {
  if (window.kind === "rolling") return [];
  const starts: number[] = [];
  for (let period = periodOf(window, to); period.from >= from; ) {
    if (period.from < to) starts.push(period.from);
    period = periodOf(window, period.from);
  }
  return starts.toReversed();
}

import { refusedRecurrence } from "#lib/exclusions/recurrence.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";
import { isZone } from "#lib/time/zone.ts";

/** When an exclusion is, as it was told. Epoch ms. */
export interface ToldTimes {
  readonly kind: "maintenance" | "experiment";
  readonly startsAt: number;
  /** Null: it still runs. */
  readonly endsAt: number | null;
  readonly rrule: string | null;
  readonly zone: string;
  /** Whether its events are left out of the budget. */
  readonly excluded: boolean;
}

/** One field that cannot be used, and what to do. */
export interface Mistake {
  readonly field: "startsAt" | "endsAt" | "rrule" | "zone";
  readonly message: string;
}

/** No history is kept beyond this. */
const REACH_DAYS = 400;
/** How far a sender's clock may be ahead of ours. */
const AHEAD_MS = 5 * MINUTE;
/** A slip of the year would take everything out of a budget. */
const LONGEST_DAYS = 31;

/**
 * What is wrong with the times of an exclusion at `now` (epoch ms), each field once; empty when it can
 * be kept.
 * @example timeMistakes({ ...times, endsAt: times.startsAt }, now)[0]?.field // "endsAt"
 */
export function timeMistakes(times: ToldTimes, now: number): Mistake[] {
  const found: readonly (readonly [Mistake["field"], string | null])[] = [
    ["startsAt", startMistake(times, now)],
    ["endsAt", endMistake(times)],
    ["rrule", times.rrule === null ? null : refusedRecurrence(times.rrule)],
    ["zone", isZone(times.zone) ? null : "is no IANA time zone; write it as Europe/Berlin"],
  ];
  return found.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]));
}

function startMistake({ startsAt, endsAt }: ToldTimes, now: number): string | null {
  if (startsAt < now - REACH_DAYS * DAY) {
    return `lies more than ${REACH_DAYS} days back; history does not reach that far`;
  }
  if (endsAt === null && startsAt > now + AHEAD_MS) {
    return "lies in the future; give endsAt, too, or tell of it when it begins";
  }
  return null;
}

function endMistake({ kind, startsAt, endsAt, rrule, excluded }: ToldTimes): string | null {
  if (endsAt === null) {
    if (kind === "maintenance") return "is needed; only an experiment may run without an end";
    if (excluded) return "is needed where events are left out: one that nobody ends would hide all";
    return rrule === null ? null : "is needed for what comes again: when the first one ends";
  }
  if (endsAt <= startsAt) return "must lie after startsAt";
  if (endsAt - startsAt <= LONGEST_DAYS * DAY) return null;
  return `lies more than ${LONGEST_DAYS} days after startsAt; check the date`;
}

import { monthName } from "#components/dora/month-name.ts";
import { type DoraAddress, reviewPath, sloPath } from "#components/layout/paths.ts";
import type { ReviewIncident, ReviewNumbers, ReviewSlo } from "#components/reviews/view.ts";
import { monthsThrough } from "#lib/dora/calendar.ts";
import { percent, precisePercent } from "#lib/format/numbers.ts";

/** Names one review: of a month, and a team or (empty) all. */
export type ReviewOf = Pick<ReviewNumbers, "month" | "team" | "zone">;

export function titleOf({ month, team }: Pick<ReviewOf, "month" | "team">): string {
  return `Review of ${monthName(month)}, ${team === "" ? "all teams" : team}`;
}

export function monthBefore(month: string): string {
  return monthsThrough(month, 2)[0] ?? month;
}

export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}

/** Where a review is shown, with all that it depends on. */
export function reviewAddress({ month, team, zone }: ReviewOf): string {
  return `${reviewPath(month)}?${queryOf({ team, zone })}`;
}

/** Where it can be had as a file. */
export function exportPath({ month, team, zone }: ReviewOf, form: "md" | "csv"): string {
  return `/api/reviews/${month}/review.${form}?${queryOf({ team, zone })}`;
}

function queryOf({ team, zone }: Pick<ReviewOf, "team" | "zone">): string {
  return new URLSearchParams(team === "" ? { zone } : { team, zone }).toString();
}

/** The delivery page of the same month, where each number has its rows. */
export function doraAddress({ month, team, zone }: ReviewOf): DoraAddress {
  return { team, period: month, zone };
}

/** The SLO's page as it was when the month ended; its present one while the month lasts. */
export function sloThenPath(slo: ReviewSlo, { to, readAt }: ReviewNumbers): string {
  return to <= readAt ? `${sloPath(slo)}?at=${new Date(to).toISOString()}` : sloPath(slo);
}

export function sliText(sli: number | null): string {
  return sli === null ? "not measured" : precisePercent(sli);
}

export function spentText(consumed: number | null): string {
  return consumed === null ? "n/a" : percent(consumed, consumed < 0.1 ? 1 : 0);
}

/** "2026-03-29 14:05" in the zone of the review, which a reader elsewhere must not read as their own. */
export function timeIn(at: number, zone: string): string {
  const fields = new Intl.DateTimeFormat("sv-SE", {
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
    timeZone: zone,
  });
  return fields.format(at);
}

/** Whether people are owed an account of it: SEV1 and SEV2, once they are over. */
export function owesPostmortem({ severity, resolvedAt, postmortemUrl }: ReviewIncident): boolean {
  return severity !== "SEV3" && resolvedAt !== null && postmortemUrl === null;
}

import { monthName } from "#components/dora/month-name.ts";
import { timeIn } from "#components/dora/time-in.ts";
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
export function sloThenPath(slo: ReviewSlo, { sloEdges: { to }, readAt }: ReviewNumbers): string {
  return to <= readAt ? `${sloPath(slo)}?at=${new Date(to).toISOString()}` : sloPath(slo);
}

export function sliText(sli: number | null): string {
  return sli === null ? "not measured" : precisePercent(sli);
}

export function spentText(consumed: number | null): string {
  return consumed === null ? "n/a" : percent(consumed, consumed < 0.1 ? 1 : 0);
}

/** What the spenders are, and what their shares are of. */
export const SPENDERS_WORDS =
  "Shares of the newest window that holds them and ends with the month; a deployment's holds that of the incidents that it caused.";

/** " with 2 incidents" that a deployment's share holds; empty without any. */
export function heldWords(incidentIds: readonly string[]): string {
  const n = incidentIds.length;
  return n === 0 ? "" : ` with ${n === 1 ? "one incident" : `${n} incidents`}`;
}

/** At which hour the SLOs' windows end, where the month ends between two; null where it does not. */
export function edgeWords({ sloEdges, to, zone }: ReviewNumbers): string | null {
  if (sloEdges.to === to) return null;
  return `In ${zone} the month ends between two full hours; budgets are taken at ${timeIn(sloEdges.to, zone)}, since finer counts are not kept for long.`;
}

/** Whether people are owed an account of it: SEV1 and SEV2, once they are over. */
export function owesPostmortem({ severity, resolvedAt, postmortemUrl }: ReviewIncident): boolean {
  return severity !== "SEV3" && resolvedAt !== null && postmortemUrl === null;
}

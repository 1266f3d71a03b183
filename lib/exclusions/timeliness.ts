import { keptSpan } from "#lib/exclusions/kept.ts";
import type { PolicyClauses } from "#lib/spec/model.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

/**
 * Whether a policy that leaves experiments out may leave this one out, or what stands against it: only
 * what is told while it happens may, so that nobody can undo an outage afterwards.
 */
export type Timeliness =
  | "in-time"
  | "late-start"
  | "late-end"
  | "running"
  | "too-long"
  | "too-short"
  | "recurs";

/** What was told of an experiment. Epoch ms. */
export interface ToldExperiment {
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly rrule: string | null;
  readonly slo: string | null;
}

/** The same as it was told before, with what was found then; null: no policy could leave it out. */
export interface ToldBefore extends ToldExperiment {
  readonly timeliness: Timeliness | null;
}

const LATEST_MS = 15 * MINUTE;
const LONGEST_MS = DAY;

/**
 * Judges an experiment that is told or changed at `now` (epoch ms). What was told in time stays so
 * when it is made shorter; what is made longer, or moved to more SLOs, is told anew.
 * @example timelinessOf({ startsAt, endsAt: null, rrule: null, slo: null }, { before: null, now: startsAt }) // "running"
 */
export function timelinessOf(
  told: ToldExperiment,
  { before, now }: { readonly before: ToldBefore | null; readonly now: number },
): Timeliness {
  const { startsAt, endsAt, rrule } = told;
  const late = now > startsAt + LATEST_MS ? latenessOf(told, before, now) : null;
  if (late !== null) return late;
  if (rrule !== null) return "recurs";
  if (endsAt === null) return "running";
  if (endsAt - startsAt > LONGEST_MS) return "too-long";
  if (now > endsAt + LATEST_MS && !isShorter(told, before)) return "late-end";
  return keptSpan({ from: startsAt, to: endsAt }, now) === null ? "too-short" : "in-time";
}

/** What began a while ago must have been told then, and must not be taken up again after its end. */
function latenessOf(told: ToldExperiment, before: ToldBefore | null, now: number) {
  if (!before?.timeliness || before.timeliness === "late-start") return "late-start";
  const isPart = before.timeliness === "in-time" && told.startsAt > before.startsAt;
  if (told.slo !== before.slo || (told.startsAt !== before.startsAt && !isPart)) {
    return "late-start";
  }
  const { endsAt } = before;
  const isOver = endsAt !== null && now > endsAt + LATEST_MS;
  const isLonger = endsAt !== null && (told.endsAt === null || told.endsAt > endsAt);
  return before.timeliness === "late-end" || (isOver && isLonger) ? "late-end" : null;
}

function isShorter({ endsAt }: ToldExperiment, before: ToldBefore | null): boolean {
  if (before?.timeliness !== "in-time" || before.endsAt === null) return false;
  return endsAt !== null && endsAt <= before.endsAt;
}

const WHY: Readonly<Record<Exclude<Timeliness, "in-time">, string>> = {
  "late-start": "it was told more than 15 minutes after it began",
  "late-end": "its end was told or put off more than 15 minutes after it",
  running: "it runs, and its end is not told yet",
  "too-long": "it lasts longer than 24 hours",
  "too-short": "it holds no whole minute",
  recurs: "it comes again by a rule",
};

/**
 * Why an experiment counts although the policy leaves experiments out; null when it does not count,
 * or counts because somebody said so.
 * @example whyCounted("running") // "it runs, and its end is not told yet"
 */
export function whyCounted(timeliness: Timeliness | null): string | null {
  return timeliness === null || timeliness === "in-time" ? null : WHY[timeliness];
}

/**
 * Whether the events of an exclusion are left out of an SLO with these clauses: always where that was
 * said, of an experiment that was told in time where the policy says so.
 * @example isLeftOut({ excluded: false, timeliness: "in-time" }, { ...clauses, experiments: "exclude" }) // true
 */
export function isLeftOut(
  told: { readonly excluded: boolean; readonly timeliness: Timeliness | null },
  clauses: PolicyClauses,
): boolean {
  return told.excluded || (told.timeliness === "in-time" && clauses.experiments === "exclude");
}

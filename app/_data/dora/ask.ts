import { type Period, periodSpan } from "#lib/dora/period.ts";
import type { MetricName } from "#lib/dora/report.ts";
import { DAY } from "#lib/time/duration.ts";
import { isZone } from "#lib/time/zone.ts";

/** What the delivery page is asked for, as it stands in the address. */
export const DORA_FIELDS = [
  "team",
  "service",
  "period",
  "from",
  "to",
  "zone",
  "year",
  "rows",
] as const;
export type DoraField = (typeof DORA_FIELDS)[number];
export type DoraFields = Readonly<Record<DoraField, string>>;

export const METRIC_NAMES = [
  "deploymentFrequency",
  "leadTime",
  "changeFailureRate",
  "recoveryTime",
  "reworkRate",
] as const satisfies readonly MetricName[];

export const DEFAULT_ZONE = "UTC";
const DEFAULT_PERIOD: Period = { kind: "last", days: 30 };
/** Years with published clusters, newest first. */
export const LEVEL_YEARS = [2024, 2023, 2022, 2021] as const;

/** More than two years are more than any history that is kept. */
const LONGEST_MS = 732 * DAY;

export interface DoraAsk {
  /** As written, for the form. */
  readonly fields: DoraFields;
  /** Empty = all. */
  readonly team: string;
  readonly service: string;
  readonly period: Period;
  readonly zone: string;
  readonly year: number;
  readonly rows: MetricName | null;
  /** What is wrong with which field; it is shown, and the usual taken in its place. */
  readonly mistakes: Readonly<Partial<Record<DoraField, string>>>;
}

/** What an address asks for; mistakes are said, never guessed at in silence. */
export function askedDora(address: URLSearchParams, now: number): DoraAsk {
  const fields = Object.fromEntries(
    DORA_FIELDS.map((name) => [name, (address.get(name) ?? "").trim().slice(0, 200)]),
  ) as DoraFields;
  const zoneFits = fields.zone === "" || isZone(fields.zone);
  const zone = zoneFits && fields.zone !== "" ? fields.zone : DEFAULT_ZONE;
  const wanted = askedPeriod(fields);
  const problem = periodProblem(wanted, { zone, now });
  return {
    fields,
    team: fields.team,
    service: fields.service,
    period: problem || !wanted ? DEFAULT_PERIOD : wanted,
    zone,
    year: LEVEL_YEARS.find((year) => String(year) === fields.year) ?? LEVEL_YEARS[0],
    rows: METRIC_NAMES.find((name) => name === fields.rows) ?? null,
    mistakes: {
      ...(zoneFits ? {} : { zone: "No such time zone; write one as Europe/Berlin." }),
      ...(problem ? { [wanted?.kind === "month" || !wanted ? "period" : "to"]: problem } : {}),
    },
  };
}

/** Null when the text is none of those that we know. */
function askedPeriod({ period, from, to }: DoraFields): Period | null {
  if (period === "days" || (period === "" && (from !== "" || to !== ""))) {
    return { kind: "days", from, to };
  }
  if (period === "") return DEFAULT_PERIOD;
  const days = /^(30|90|180)d$/.exec(period)?.[1];
  if (days) return { kind: "last", days: Number(days) };
  return /^\d{4}-\d{2}$/.test(period) ? { kind: "month", month: period } : null;
}

function periodProblem(
  period: Period | null,
  at: { readonly zone: string; readonly now: number },
): string | null {
  if (!period) return "Choose one of the list, or a month as 2026-03.";
  const span = periodSpan({ period, ...at });
  if (!span) {
    return period.kind === "month"
      ? "No such month; write one as 2026-03."
      : "Give a first and a last day as 2026-03-14, in this order.";
  }
  if (span.to - span.from > LONGEST_MS) return "At most two years at a time.";
  return span.from > at.now ? "This has not begun yet." : null;
}

/** The period as the address spells it. */
export function periodFields(period: Period): Pick<DoraFields, "period" | "from" | "to"> {
  if (period.kind === "last") return { period: `${period.days}d`, from: "", to: "" };
  if (period.kind === "month") return { period: period.month, from: "", to: "" };
  return { period: "days", from: period.from, to: period.to };
}

import { spentPercent } from "#lib/format/numbers.ts";
import { linkOf } from "#lib/notices/links.ts";
import type { Notice } from "#lib/notices/notice.ts";
import { lastWords } from "#lib/slo/pace.ts";

/** A notice in words: for a message, and for lists of them. */
export interface NoticeWords {
  /** What happened and where, in one line. */
  readonly title: string;
  /** What it means, a sentence each. */
  readonly lines: readonly string[];
  /** Where to look. */
  readonly link: string;
}

/**
 * What a notice says. Times are in UTC, since who reads it is not known; `linkPrefix` is how links to us
 * begin.
 * @example noticeWords(notice, "https://plimsoll.example").title // "checkout/availability: Feature freeze"
 */
export function noticeWords(notice: Notice, linkPrefix: string): NoticeWords {
  const [title, ...lines] = saidOf(notice);
  return { title, lines: lines.filter((line) => line !== ""), link: linkOf(notice, linkPrefix) };
}

type Said = readonly [title: string, ...lines: readonly string[]];

function saidOf(notice: Notice): Said {
  switch (notice.kind) {
    case "policy-changed":
      return policyChanged(notice);
    case "alert-opened":
      return alertOpened(notice);
    case "alert-resolved":
      return [
        `${sloOf(notice)}: ${notice.severity} alert over`,
        `It burned too fast since ${utc(notice.startedAt)}.`,
      ];
    case "exception-asked":
    case "exception-decided":
    case "exception-expiring":
      return exception(notice);
    case "owed":
      return [`${sloOf(notice)}: ${OWED[notice.owes]} owed`, sentence(notice.what)];
    case "source-unhealthy":
      return [
        `The source ${notice.source} fails`,
        "What it counts becomes unknown until it answers again.",
        notice.error === null ? "" : sentence(notice.error),
      ];
    case "source-recovered":
      return [`The source ${notice.source} answers again`, "What was missed is being fetched."];
    case "review-published":
      return [
        `The review of ${notice.month}${ofTeam(notice.team)} is published`,
        `By ${notice.publishedBy}.`,
      ];
  }
}

const OWED = { postmortem: "a postmortem is", planning: "planned work is" } as const;

type Of<Kind extends Notice["kind"]> = Extract<Notice, { readonly kind: Kind }>;

const CAUSES = {
  budget: "",
  definition: "The SLO's definition was changed.",
  correction: "The numbers were corrected.",
  retired: "Its document no longer has this SLO; nothing is asked of it.",
  restored: "Its document has this SLO again.",
} as const;

function policyChanged(notice: Of<"policy-changed">): Said {
  return [
    `${sloOf(notice)}: ${notice.to}`,
    notice.action === null || notice.action === notice.to ? "" : sentence(notice.action),
    spent(notice.consumed),
    notice.blocks ? blocked(notice.liftsAt) : "",
    `Before: ${notice.from}.`,
    CAUSES[notice.cause],
  ];
}

function blocked(liftsAt: number | null): string {
  const lift = liftsAt === null ? "" : ` If nothing more fails, this ends ${utc(liftsAt)}.`;
  return `Changes may not ship.${lift}`;
}

function alertOpened(notice: Of<"alert-opened">): Said {
  return [
    `${sloOf(notice)}: ${notice.severity} alert (${notice.tier})`,
    "The error budget burns too fast.",
    spent(notice.consumed),
    notice.exhaustsAt === null
      ? ""
      : `At the pace of the last ${lastWords(notice.paceOver ?? "6h")} it is used up ${utc(notice.exhaustsAt)}.`,
  ];
}

function exception(
  notice: Of<"exception-asked" | "exception-decided" | "exception-expiring">,
): Said {
  const what = `exception ${notice.exception} for ${scopeOf(notice)}`;
  const until = `It ends ${utc(notice.expiresAt)}.`;
  const why = `${notice.askedBy}: ${sentence(notice.justification)}`;
  if (notice.kind === "exception-asked") {
    return [`Asked for: ${what}`, why, until, "Someone other than the asker must decide."];
  }
  if (notice.kind === "exception-expiring") return [`Ends soon: ${what}`, until, why];
  return notice.decision === "approved"
    ? [`Approved: ${what}`, until, why]
    : [`Rejected: ${what}`, why];
}

interface Scope {
  readonly service: string;
  readonly slo: string | null;
  readonly environment: string | null;
}

function scopeOf({ service, slo, environment }: Scope): string {
  const what = slo === null ? service : `${service}/${slo}`;
  return environment === null ? what : `${what} in ${environment}`;
}

function sloOf({ service, slo }: { readonly service: string; readonly slo: string }): string {
  return `${service}/${slo}`;
}

function ofTeam(team: string | null): string {
  return team === null ? "" : ` of ${team}`;
}

function spent(consumed: number | null): string {
  return consumed === null
    ? "How much of the budget is spent is not known."
    : `${spentPercent(consumed)} of the budget is spent.`;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

/** As "2026-07-01 10:00 UTC". */
function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

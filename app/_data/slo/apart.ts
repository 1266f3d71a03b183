import type { ApartLine } from "#components/slo/apart/view.ts";
import type { ExclusionWithSpans } from "#db/reads/exclusions.ts";
import { countApart } from "#lib/exclusions/apart.ts";
import { isLeftOut, whyCounted } from "#lib/exclusions/timeliness.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import type { PolicyClauses } from "#lib/spec/model.ts";
import { DAY } from "#lib/time/duration.ts";

/** Planned ones are listed so far ahead. */
export const APART_AHEAD_MS = 14 * DAY;
const MOST = 50;

interface Known {
  /** Nothing left out. Ascending. */
  readonly measured: readonly TotalsRow[];
  /** Exclusive end of the numbers, epoch ms. */
  readonly end: number;
  readonly budgetTotal: number | null;
  readonly clauses: PolicyClauses;
}

/** Each time by itself with what was counted in it, newest first, at most 50. */
export function apartLines(found: readonly ExclusionWithSpans[], known: Known): ApartLine[] {
  return found
    .flatMap((exclusion) => exclusion.spans.map((span) => ({ exclusion, span })))
    .toSorted((a, b) => b.span.from - a.span.from)
    .slice(0, MOST)
    .map(({ exclusion, span }) => lineOf(exclusion, span, known));
}

function lineOf(
  exclusion: ExclusionWithSpans,
  { from, to }: ExclusionWithSpans["spans"][number],
  { measured, end, budgetTotal, clauses }: Known,
): ApartLine {
  const { id, kind, title, slo, reason, url, rrule, createdBy } = exclusion;
  return {
    ...{ id, kind, title, slo, reason, url, from, to },
    excluded: isLeftOut(exclusion, clauses),
    document: exclusion.documentPath,
    policy: policyOf(exclusion, clauses),
    recurs: rrule !== null,
    by: createdBy,
    counted: countApart(measured, { from, to, end, budgetTotal }),
    planned: from >= end,
  };
}

function policyOf({ excluded, timeliness }: ExclusionWithSpans, { experiments }: PolicyClauses) {
  if (excluded || timeliness === null || experiments !== "exclude") return null;
  return { countedBecause: whyCounted(timeliness) };
}

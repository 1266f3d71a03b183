import type { ApartLine } from "#components/slo/apart/view.ts";

/** One that is listed; `acts`: what may be done is offered at it, once for all its times. */
export type ListedLine = ApartLine & { readonly acts: boolean };

/**
 * What of the lines (newest first) a list shows: of a window that comes again only its next time is
 * announced, and it is changed or removed as a whole at the first of its times.
 */
export function listedLines(lines: readonly ApartLine[]): ListedLine[] {
  const next = new Map(lines.filter(({ planned }) => planned).map((line) => [line.id, line]));
  const shown = lines.filter((line) => !line.planned || next.get(line.id) === line);
  const first = new Map(shown.toReversed().map((line) => [line.id, line]));
  return shown.map((line) => ({
    ...line,
    acts: line.document === null && first.get(line.id) === line,
  }));
}

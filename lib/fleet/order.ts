import type { Severity, SloState } from "#lib/slo/status.ts";

interface Ranked {
  readonly state: SloState;
  readonly alert: { readonly severity: Severity } | null;
}

/**
 * Rows that stand worst first, and within each state those on which somebody was paged before all
 * others; the rest keeps its order.
 * @example pagesFirst(rows)[0]?.alert?.severity // "page"
 */
export function pagesFirst<Row extends Ranked>(rows: readonly Row[]): Row[] {
  const calm = (row: Row) => (row.alert?.severity === "page" ? 0 : 1);
  return [...Map.groupBy(rows, ({ state }) => state).values()].flatMap((same) =>
    same.toSorted((a, b) => calm(a) - calm(b)),
  );
}

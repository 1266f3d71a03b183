/** GitHub's `orderBy`. */
export interface Ordering {
  readonly field: string;
  readonly direction: "ASC" | "DESC";
}

/** Rows as they are asked for; without an order the oldest come first, as GitHub's do. */
export function inOrder<T extends { readonly id: string }>(
  rows: readonly T[],
  ordering: Ordering | null | undefined,
  timeOf: (row: T) => number,
): T[] {
  const sign = ordering?.direction === "DESC" ? -1 : 1;
  return rows.toSorted((a, b) => sign * (timeOf(a) - timeOf(b) || a.id.localeCompare(b.id)));
}

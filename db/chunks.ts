const ROWS = 1_000;

/** Pieces small enough for one statement: PostgreSQL takes 65,535 parameters. */
export function chunks<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let i = 0; i < rows.length; i += ROWS) parts.push(rows.slice(i, i + ROWS));
  return parts;
}

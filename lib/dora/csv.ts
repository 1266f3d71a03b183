/** Tables as text (RFC 4180), for spreadsheets and for anyone who adds up again. */

export type Cell = string | number | boolean | null;

/** One row: the same columns in each, in the order in which they are to be written. */
export type Row = Readonly<Record<string, Cell>>;

/**
 * Rows as CSV with a line of headings, lines end in CRLF; empty text without columns. Null is an empty
 * cell. Text that a spreadsheet would run as a formula is made harmless by an apostrophe before it.
 * @example csvOf(["id", "failed"], [{ id: "d1", failed: true }]) // "id,failed\r\nd1,true\r\n"
 */
export function csvOf(columns: readonly string[], rows: readonly Row[]): string {
  if (columns.length === 0) return "";
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))];
  return lines.map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(cell: Cell): string {
  if (cell === null) return "";
  const text = typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A cell: a text, a number, or nothing. */
export type Cell = string | number | null;

/**
 * Text that a spreadsheet would take for a formula and run, also in full width, as some accept it, and
 * behind blanks, which some drop. A number of ours is written as it is.
 */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * One record of CSV (RFC 4180), ended by CRLF. Null is an empty cell, an empty text `""`; a text that a
 * spreadsheet could take for a formula gets an apostrophe in front, so it is shown and not run.
 * @example csvLine(["ci, shop", 3, null, "=1+1"]) // "\"ci, shop\",3,,'=1+1\r\n"
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(written).join(",")}\r\n`;
}

/**
 * The text with an apostrophe in front where a spreadsheet could run it; else as it is.
 * @example guarded("@SUM(A1)") // "'@SUM(A1)"
 */
export function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = guarded(cell);
  const quoted = text === "" || NEEDS_QUOTES.test(text);
  return quoted ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The candidate that was probably meant: the nearest by edits, at most a third of the name's length
 * (one edit for short names), ignoring case, dashes and underscores. Null when nothing is near.
 * @example nearest("objectiv", ["objective", "op"]) // "objective"
 */
export function nearest(name: string, candidates: readonly string[]): string | null {
  const plain = simplify(name);
  if (plain === "" || plain.length > 40) return null;
  const limit = Math.max(1, Math.floor(plain.length / 3));
  let best: { candidate: string; distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = edits(plain, simplify(candidate));
    if (distance <= limit && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate ?? null;
}

function simplify(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, "");
}

/** Edits between two words, a swap of neighbours counting once: "onwer" is one edit from "owner". */
function edits(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) row.push(cell(a, b, { rows, row, i, j }));
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

function cell(a: string, b: string, at: { rows: number[][]; row: number[]; i: number; j: number }) {
  const { rows, row, i, j } = at;
  const get = (r: number, c: number) => (r === i ? row[c] : rows[r]?.[c]) ?? 0;
  const change = a[i - 1] === b[j - 1] ? 0 : 1;
  const plain = Math.min(get(i - 1, j) + 1, get(i, j - 1) + 1, get(i - 1, j - 1) + change);
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(plain, get(i - 2, j - 2) + 1) : plain;
}

/** A line of a difference: kept, taken away or added. */
export interface Edit {
  readonly mark: " " | "-" | "+";
  /** With its end; the last line of a text may have none. */
  readonly line: string;
}

/** Beyond so many cells the differing middle is shown as replaced whole: still right, only longer. */
const MOST_CELLS = 4_000_000;

/**
 * What leads from one text to the other, line by line, with as few changes as can be.
 * @example editsOf("a\n", "b\n") // [{ mark: "-", line: "a\n" }, { mark: "+", line: "b\n" }]
 */
export function editsOf(before: string, after: string): Edit[] {
  return editsOfLines(linesOf(before), linesOf(after));
}

/** Lines with their ends; the last may have none. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function editsOfLines(before: readonly string[], after: readonly string[]): Edit[] {
  const start = sharedStart(before, after);
  const end = sharedEnd(before.slice(start), after.slice(start));
  const kept = (lines: readonly string[]) => lines.map((line): Edit => ({ mark: " ", line }));
  const [old, fresh] = [
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  ];
  return [
    ...kept(before.slice(0, start)),
    ...middle(old, fresh),
    ...kept(before.slice(before.length - end)),
  ];
}

function sharedStart(a: readonly string[], b: readonly string[]): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}

function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let i = 0;
  while (i < a.length && i < b.length && a.at(-1 - i) === b.at(-1 - i)) i++;
  return i;
}

/** By the longest common subsequence of lines; what is taken away stands before what is added. */
function middle(old: readonly string[], fresh: readonly string[]): Edit[] {
  if (old.length * fresh.length > MOST_CELLS) {
    return [...old.map(removed), ...fresh.map(added)];
  }
  const common = commonLengths(old, fresh);
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      edits.push({ mark: " ", line: old[i] ?? "" });
      i++;
      j++;
    } else if ((common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)) {
      edits.push(removed(old[i++] ?? ""));
    } else {
      edits.push(added(fresh[j++] ?? ""));
    }
  }
  return [...edits, ...old.slice(i).map(removed), ...fresh.slice(j).map(added)];
}

function removed(line: string): Edit {
  return { mark: "-", line };
}

function added(line: string): Edit {
  return { mark: "+", line };
}

/** `lengths[i][j]`: how many lines the texts from i and from j on have in common, in order. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const [row, below] = [lengths[i], lengths[i + 1]];
    if (!row || !below) continue;
    for (let j = b.length - 1; j >= 0; j--) {
      const longest = Math.max(below[j] ?? 0, row[j + 1] ?? 0);
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : longest;
    }
  }
  return lengths;
}

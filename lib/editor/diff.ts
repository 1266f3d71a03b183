import { type Edit, editsOf } from "#lib/editor/edits.ts";

const CONTEXT = 3;

/**
 * What leads from one text to the other, as a unified diff that `git apply` and `patch -p1` take; ""
 * when they are the same. Ends of lines (LF, CRLF) are part of a line.
 * @example unifiedDiff("slos/a.yaml", "a: 1\n", "a: 2\n") // "--- a/slos/a.yaml\n+++ b/slos/a.yaml\n@@ -1 +1 @@\n-a: 1\n+a: 2\n"
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const edits = editsOf(before, after);
  const head = [before === "" ? "--- /dev/null\n" : `--- a/${path}\n`, `+++ b/${path}\n`];
  return [...head, ...hunksOf(edits).map(writeHunk)].join("");
}

interface Hunk {
  readonly edits: readonly Edit[];
  /** Lines before the hunk, in the old text and in the new one. */
  readonly oldBefore: number;
  readonly newBefore: number;
}

/** Changes with three lines around them; those whose surroundings touch are one hunk. */
function hunksOf(edits: readonly Edit[]): Hunk[] {
  const spans: { from: number; to: number }[] = [];
  for (const [i, { mark }] of edits.entries()) {
    if (mark === " ") continue;
    const [from, to] = [Math.max(0, i - CONTEXT), Math.min(edits.length, i + CONTEXT + 1)];
    const last = spans.at(-1);
    if (last && from <= last.to) last.to = to;
    else spans.push({ from, to });
  }
  return spans.map(({ from, to }) => ({
    edits: edits.slice(from, to),
    oldBefore: countOf(edits.slice(0, from), "-"),
    newBefore: countOf(edits.slice(0, from), "+"),
  }));
}

/** Lines of the old text ("-") or of the new one ("+"). */
function countOf(edits: readonly Edit[], side: "-" | "+"): number {
  return edits.filter(({ mark }) => mark === " " || mark === side).length;
}

function writeHunk({ edits, oldBefore, newBefore }: Hunk): string {
  const old = rangeOf(oldBefore, countOf(edits, "-"));
  const fresh = rangeOf(newBefore, countOf(edits, "+"));
  return `@@ -${old} +${fresh} @@\n${edits.map(writeEdit).join("")}`;
}

function rangeOf(before: number, count: number): string {
  if (count === 1) return `${before + 1}`;
  return `${count === 0 ? before : before + 1},${count}`;
}

function writeEdit({ mark, line }: Edit): string {
  return line.endsWith("\n") ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`;
}

import type { HappeningMark } from "#lib/charts/happenings.ts";
import type { Words } from "#lib/charts/words.ts";

/** What of the words is needed here. */
type Spelling = Pick<Words, "time" | "span">;

const LONGEST = 48;

/**
 * What a mark stands for and when, as a line of text.
 * @example happeningText(mark, words) // "v1.2, 21 Nov, 04:02 (failed)"
 */
export function happeningText(mark: HappeningMark, words: Spelling): string {
  const [first] = mark.named;
  if (mark.n === 1 && first) {
    const end = mark.kind === "deployment" ? "" : lasting(first.at, first.until, words);
    return `${cut(first.title)}, ${words.time(first.at)}${end}${first.failed ? " (failed)" : ""}`;
  }
  const rest = mark.n - mark.named.length;
  const failed = mark.failed > 0 ? `, ${mark.failed} failed` : "";
  const more = rest > 0 ? `; and ${rest} more` : "";
  const named = mark.named.map(({ title, at }) => `${cut(title)}, ${words.time(at)}`);
  return `${mark.n}${failed}: ${named.join("; ")}${more}`;
}

function lasting(at: number, until: number | null, words: Spelling): string {
  return until === null ? ", still open" : `, for ${words.span(until - at)}`;
}

function cut(title: string): string {
  return title.length > LONGEST ? `${title.slice(0, LONGEST - 1).trimEnd()}…` : title;
}

/**
 * How much happened in a chart's range, as a sentence; empty when nothing is known to have.
 * @example happeningSummary(marks) // "12 deployments, 1 failed; 2 incidents."
 */
export function happeningSummary(marks: readonly HappeningMark[]): string {
  const of = (kind: HappeningMark["kind"]) => marks.filter((mark) => mark.kind === kind);
  const deployments = total(of("deployment"), ({ n }) => n);
  const failed = total(of("deployment"), (mark) => mark.failed);
  const incidents = total(of("incident"), ({ n }) => n);
  const said = [
    counted(deployments, "deployment") + (failed > 0 ? `, ${failed} failed` : ""),
    counted(incidents, "incident"),
  ].filter((text) => text !== "");
  return said.length === 0 ? "" : `${said.join("; ")}.`;
}

function total(marks: readonly HappeningMark[], of: (mark: HappeningMark) => number): number {
  return marks.reduce((sum, mark) => sum + of(mark), 0);
}

function counted(n: number, what: string): string {
  if (n === 0) return "";
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

import type { PreviewAnswer } from "#components/editor/view.ts";
import { count, percent, precisePercent, span } from "#lib/format/numbers.ts";
import { DAY } from "#lib/time/duration.ts";

type Seen = Extract<PreviewAnswer, { kind: "seen" }>;
type Known = Extract<Seen["numbers"], { kind: "known" }>;

/** One figure of a preview, with its name. */
export interface Figure {
  readonly name: string;
  readonly value: string;
}

/** What a preview says in figures, each with its unit. */
export function figuresOf(numbers: Known): Figure[] {
  const { sli, objective, consumed, bad, total, unit, budgetTotal } = numbers;
  return [
    { name: "SLI", value: sli === null ? "not known" : precisePercent(sli) },
    { name: "Objective", value: precisePercent(objective) },
    { name: "Budget spent", value: consumed === null ? "not known" : share(consumed) },
    { name: `Bad ${unit}`, value: `${count(bad)} of ${count(total)}` },
    {
      name: "Budget in all",
      value: budgetTotal === null ? "not known" : `${count(budgetTotal)} bad ${unit}`,
    },
    { name: "Known", value: `${span(numbers.knownMs)} of ${span(numbers.windowMs)}` },
  ];
}

/** Shares under a tenth keep a digit; nothing that was spent is shown as nothing. */
function share(ratio: number): string {
  if (ratio > 0 && ratio < 0.0005) return "<0.1 %";
  return percent(ratio, ratio > 0 && ratio < 0.1 ? 1 : 0);
}

/** Why the figures may be about nothing at all; null where there is no such doubt. */
export function doubtOf({ numbers, absent }: Seen): string | null {
  return numbers.kind === "no-data" || absent === null ? null : ABSENT[absent];
}

/** What a reader must know before believing the figures; empty when there is nothing. */
export function cautionsOf({ numbers, sampled }: Seen): string[] {
  if (numbers.kind === "no-data") return [];
  return [
    numbers.traffic ? null : NO_TRAFFIC,
    numbers.coverage < 0.9 ? coverageWords(numbers.coverage) : null,
    isShort(numbers) ? SHORT : null,
    sampled ? SAMPLED : null,
    !sampled && isLong(numbers) ? BY_HOUR : null,
  ].filter((caution) => caution !== null);
}

const ABSENT = {
  bad: "The query of bad events matches no series in this time. Either nothing has failed, or a name or a label in it is not right: from here the two look alike.",
  good: "The query of good events matches no series in this time, so every event counts as bad. Check its metric and labels.",
} as const;
const NO_TRAFFIC =
  "The source answers, but nothing happened in this time: there is no SLI to tell.";
const SHORT =
  "Less than the window is known here; the rest is taken to have had as much traffic, and nothing bad.";
const SAMPLED =
  "Before the last day a value was looked at every five minutes; once it is saved, every minute counts.";

const BY_HOUR =
  "The last day is counted by the minute, the time before it by the hour: short outages show only in the last day's curve, though all that failed is counted.";

/** Longer than what is asked by the minute. */
function isLong({ from, to }: Known): boolean {
  return to - from > 2 * DAY;
}

function coverageWords(coverage: number): string {
  return `Only ${percent(coverage)} of the minutes have an answer; what is missing is neither good nor bad.`;
}

function isShort({ knownMs, windowMs }: Known): boolean {
  return knownMs < windowMs * 0.97;
}

/** The one sentence that is read out when a preview has come. */
export function previewSentence(answer: PreviewAnswer, slo: string): string {
  if (answer.kind === "refused") return `${answer.source} will not evaluate the query of ${slo}.`;
  if (answer.kind === "failed") return `${answer.source} could not be asked.`;
  const { numbers } = answer;
  if (numbers.kind === "no-data") return `No data for ${slo}: the query matches nothing.`;
  if (numbers.sli === null || numbers.consumed === null) {
    return `${slo}: nothing happened, so its budget is not known.`;
  }
  const figures = `SLI ${precisePercent(numbers.sli)}, ${share(numbers.consumed)} of the budget spent`;
  return [`${slo}: ${figures}.`, doubtOf(answer)].filter((part) => part !== null).join(" ");
}

import { exceptionPath, sloPath } from "#components/layout/paths.ts";
import { NEED_WORD, scopeWords } from "#components/policy/words.ts";
import type { ReviewDecisions, ReviewException, ReviewOwed } from "#components/reviews/view.ts";
import { percent } from "#lib/format/numbers.ts";

/** One thing that was decided, or that is owed, with where it is told in full. */
export interface DecisionLine {
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
  readonly href: string;
}

const TURN_WORD = {
  asked: "asked for",
  approved: "approved",
  rejected: "rejected",
  withdrawn: "withdrawn",
  revoked: "revoked",
  expired: "expired",
} as const;

/** Exceptions and owed items of a month, oldest first. */
export function decisionLines({ exceptions, owed }: ReviewDecisions): DecisionLine[] {
  const lines = [...exceptions.map(exceptionLine), ...owed.flatMap(owedLines)];
  return lines.toSorted((a, b) => a.at - b.at);
}

function exceptionLine(exception: ReviewException): DecisionLine {
  const { id, at, turn, need } = exception;
  const scope = `${scopeWords(exception)} (${NEED_WORD[need].toLowerCase()})`;
  return { at, text: `Exception ${TURN_WORD[turn]}: ${scope}`, href: exceptionPath(id) };
}

function owedLines({ kind, service, slo, share, opened, done }: ReviewOwed): DecisionLine[] {
  const name = kind === "postmortem" ? "Postmortem" : "Planning item";
  const of = `${service} / ${slo}`;
  const href = sloPath({ service, slo });
  const found = { text: `${name} owed: ${of}, ${percent(share)} of the budget spent`, href };
  const settled = { text: `${name} done: ${of}`, href };
  return [
    ...(opened === null ? [] : [{ at: opened, ...found }]),
    ...(done === null ? [] : [{ at: done, ...settled }]),
  ];
}

/** What the gate said to those who asked, in a sentence; empty when nobody did. */
export function gateSentence({ gate }: ReviewDecisions): string {
  const asked = gate.reduce((sum, { n }) => sum + n, 0);
  if (asked === 0) return "";
  const held = gate.filter(({ proceed }) => !proceed);
  const times = held.reduce((sum, { n }) => sum + n, 0);
  const whose = [...new Set(held.map(({ service }) => service))].join(", ");
  const questions = asked === 1 ? "once" : `${asked} times`;
  const fate = times === 0 ? "nothing was held up" : `it held up ${times}, of ${whose}`;
  return `The gate was asked ${questions}; ${fate}.`;
}

import type { PolicyStep, SloHead } from "#components/slo/detail/view.ts";
import { momentPieces } from "#lib/format/moments.ts";
import { HEALTHY } from "#lib/policy/policy.ts";
import { lastWords, paceWindow } from "#lib/slo/pace.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";

/** A piece of a verdict: text, text that matters, or a time that the page spells for its reader. */
export type Piece =
  | { readonly text: string; readonly strong?: boolean }
  | { readonly time: number; readonly strong?: boolean; readonly show?: "absolute" | "clock" };

const say = (text: string): Piece => ({ text });
const stress = (text: string): Piece => ({ text, strong: true });
const when = (time: number): Piece => ({ time, strong: true });

/**
 * What is the matter with an SLO, since when, what the policy now asks for and when it will be well,
 * in plain words. Without a status yet: what is being waited for.
 */
export function verdictOf(head: SloHead): Piece[] {
  const { status, detail } = head;
  if (head.retiredAt !== null) return retired(head.retiredAt, status, detail);
  if (!status || !detail) return waiting(head);
  return [
    ...policyPieces(head, status, detail),
    ...reasonPieces(head, status, detail),
    ...futurePieces(status, detail),
  ];
}

/** What was true last is no verdict on anything that still runs. */
function retired(at: number, status: SloStatus | null, detail: SloDetail | null): Piece[] {
  const pieces = [stress("Retired since "), when(at), stress(". ")];
  if (!status || !detail) return [...pieces, say("It was never evaluated.")];
  return [
    ...pieces,
    say("When it was last evaluated, "),
    when(Date.parse(status.asOf)),
    say(`: ${detail.reason}`),
  ];
}

function waiting({ source }: SloHead): Piece[] {
  if (source?.queryError)
    return [stress("No data yet. "), say(`The source refuses the query: ${source.queryError}`)];
  if (source?.state === "failed") {
    return [
      stress("No data yet. "),
      say(`The source ${source.name} does not answer: ${source.error ?? "no reason given"}`),
    ];
  }
  return [
    stress("No data yet. "),
    say("The first backfill is running, newest days first; numbers appear here as they come."),
  ];
}

/** The policy state in force, when it is one that asks for something. */
function policyPieces(head: SloHead, status: SloStatus, detail: SloDetail): Piece[] {
  if (status.policyState === HEALTHY) return [];
  const step = head.definition.policy.find((p) => p.name === status.policyState);
  return [
    stress(status.policyState),
    ...sincePieces(head, status),
    stress(status.held ? " (held). " : ". "),
    ...actionPieces(step, detail),
    ...adviceOnly(step, detail),
    ...fixPieces(head, detail),
  ];
}

/** What was spent before anything was recorded was in that state before, too: since when is not known. */
function sincePieces(head: SloHead, { exhaustedSince }: SloStatus): Piece[] {
  const { policySince, recordedSince, transitions } = head;
  if (policySince === null) return [];
  const isFirst = transitions.length <= 1;
  const isOlder =
    isFirst &&
    exhaustedSince !== null &&
    recordedSince !== null &&
    Date.parse(exhaustedSince) < recordedSince;
  return [stress(isOlder ? ", recorded since " : " since "), when(policySince)];
}

/** What the policy says beyond the name of its state. */
function actionPieces(step: PolicyStep | undefined, { enforced }: SloDetail): Piece[] {
  if (!step || step.action === step.name) return [];
  const rest = step.action.startsWith(step.name)
    ? step.action.slice(step.name.length)
    : step.action;
  const text = rest.replace(/^[\s;:,.]+/, "");
  return text === "" ? [] : [say(`The policy ${enforced ? "asks" : "would ask"}: ${text}. `)];
}

const FIX = { p0: "P0", security: "security" } as const;

/** Whom the block does not hold up, and how it is asked. */
function fixPieces({ definition: { exempt } }: SloHead, { blocks }: SloDetail): Piece[] {
  const [first] = exempt;
  if (!blocks || first === undefined) return [];
  const kinds = exempt.map((kind) => FIX[kind]).join(" and ");
  return [say(`Deployments are blocked, but not fixes: ${kinds}, with --change ${first}. `)];
}

/** Why a state asks for less than its name says. */
function adviceOnly(step: PolicyStep | undefined, { enforced, blocks }: SloDetail): Piece[] {
  if (!enforced) return [say("It asks for nothing and blocks nothing: this SLO is aspirational. ")];
  if (step?.gate !== "block" || blocks) return [];
  return [say("It advises and blocks nothing: the whole budget is less than one event. ")];
}

function reasonPieces(head: SloHead, status: SloStatus, detail: SloDetail): Piece[] {
  const pieces = [...zoned(detail, status), say(" ")];
  const { source } = head;
  if (status.state === "unknown" && source?.error) {
    pieces.push(say(`The source ${source.name} says: ${source.error.replace(/[.\s]*$/, ".")} `));
  }
  if (status.state === "unknown" && status.held && status.policyState !== HEALTHY) {
    pieces.push(say("The policy state stays what it was until the numbers are known again. "));
  }
  return pieces;
}

/** Its moments are the page's to spell, in the zone of its reader. */
function zoned({ reason, noTrafficSince }: SloDetail, { watermark }: SloStatus): Piece[] {
  const moments = [watermark, noTrafficSince].flatMap((iso) => (iso ? [Date.parse(iso)] : []));
  return momentPieces(reason, moments).map((piece) =>
    typeof piece === "string" ? say(piece) : { time: piece.at, show: piece.show },
  );
}

function futurePieces(status: SloStatus, detail: SloDetail): Piece[] {
  const pieces: Piece[] = [];
  if (status.exhaustsAt) {
    pieces.push(
      say(`At the pace of the last ${lastWords(paceWindow(detail).label)} the budget runs out on `),
      when(Date.parse(status.exhaustsAt)),
      say(". "),
    );
  }
  if (status.recoversAt) {
    pieces.push(
      say("If nothing fails from now on, the budget is above zero again on "),
      when(Date.parse(status.recoversAt)),
    );
    pieces.push(say(detail.liftsAt ? " " : "."));
  }
  if (detail.liftsAt) {
    const start = status.recoversAt
      ? "and the block lifts on "
      : "If nothing fails from now on, the block lifts on ";
    pieces.push(say(start), when(Date.parse(detail.liftsAt)), say("."));
  }
  return pieces;
}

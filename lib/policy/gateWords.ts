import { spentPercent } from "#lib/format/numbers.ts";
import { dateTime } from "#lib/format/time.ts";
import type { GateDecision } from "#lib/policy/decision.ts";
import type { GateInput } from "#lib/policy/gateInput.ts";
import { levelOf } from "#lib/policy/gateReasons.ts";
import type { Judged } from "#lib/policy/gateSlo.ts";
import { HEALTHY } from "#lib/policy/policy.ts";

type Unsaid = Omit<GateDecision, "summary">;

interface Grounds {
  readonly judged: readonly Judged[];
  readonly input: GateInput;
}

/**
 * The decision and its chief ground in one or two sentences, for people.
 * @example summaryOf(answer, grounds) // "Feature freeze: 118 % of the budget of availability is spent. It lifts on 4 Jul, 16:20 UTC if nothing fails."
 */
export function summaryOf(answer: Unsaid, grounds: Grounds): string {
  return `${grounded(answer, grounds)}${consequence(answer)}`;
}

function grounded(answer: Unsaid, { judged, input }: Grounds): string {
  if (answer.decision === "unknown") return unknownWords(answer, { judged, input });
  const blocking = judged.filter(({ blocks }) => blocks);
  if (answer.decision === "block") {
    const standing = blocking.filter(({ way }) => way === null);
    return `${blockWords(standing)} ${liftWords(answer)}`;
  }
  if (blocking.length > 0) return `${blockWords(blocking)} ${wayWords(answer, blocking)}`;
  const state =
    answer.policyState === HEALTHY ? "" : ` The policy asks for: ${answer.policyState}.`;
  return `Nothing in its policy stands against deploying ${answer.service} to ${answer.environment}.${state}`;
}

function blockWords(blocking: readonly Judged[]): string {
  const [worst, ...others] = blocking.toSorted((a, b) => levelOf(b) - levelOf(a));
  if (!worst) return "";
  const spent =
    worst.consumed === null
      ? `was in force when ${worst.slo} was last known, and is held`
      : `${spentPercent(worst.consumed)} of the budget of ${worst.slo} is spent`;
  const more = others.length > 0 ? `; also ${others.map(({ slo }) => slo).join(", ")}` : "";
  return worst.consumed === null
    ? `${worst.policyState} ${spent}${more}.`
    : `${worst.policyState}: ${spent}${more}.`;
}

function liftWords({ liftsAt }: Unsaid): string {
  if (liftsAt === null) return "When it lifts is not known.";
  return `It lifts on ${moment(liftsAt)} if nothing fails.`;
}

function wayWords({ change, exception }: Unsaid, blocking: readonly Judged[]): string {
  const exempt = blocking.some(({ way }) => way === "exempt");
  const kind = change === "p0" ? "P0" : change;
  const parts = [
    ...(exempt ? [`The policy exempts ${kind} fixes.`] : []),
    ...(exception
      ? [
          `Exception ${exception.id}, approved by ${exception.approvedBy}, lets it through until ${moment(exception.expiresAt)}.`,
        ]
      : []),
  ];
  return parts.join(" ");
}

function unknownWords({ service }: Unsaid, { judged, input }: Grounds): string {
  if (judged.length === 0) {
    const has = input.slos.length > 0 ? "only aspirational SLOs" : "no SLO that Plimsoll knows";
    return `${service} has ${has}, so there is no policy to ask.`;
  }
  const unknown = judged.filter(({ known }) => !known).map(({ slo }) => slo);
  return `The budget of ${unknown.join(", ")} is not known now, so neither is whether it may be spent.`;
}

function consequence({ decision, mode, proceed }: Unsaid): string {
  if (decision === "allow") return "";
  if (mode === "dry-run") return " This environment is in dry run: nothing is held up.";
  if (decision === "block") return "";
  return proceed
    ? " In this environment what is unknown goes on."
    : " In this environment what is unknown is held up.";
}

function moment(iso: string): string {
  return `${dateTime(Date.parse(iso), "UTC")} UTC`;
}

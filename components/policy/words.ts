import type { Deciding, ExceptionLine, OwedLine, PolicyView } from "#components/policy/view.ts";
import { listed } from "#components/team/words.ts";
import { percent } from "#lib/format/numbers.ts";
import type { GateDecision, GateSurface } from "#lib/policy/decision.ts";
import {
  EXPIRY_NOTICE_MS,
  type ExceptionNeed,
  type ExceptionState,
} from "#lib/policy/exception.ts";

/** What is needed, as one chooses it. */
export const NEED_WORD: Readonly<Record<ExceptionNeed, string>> = {
  launch: "Launch",
  commitment: "Commitment",
  dependency: "Dependency",
  measurement: "Measurement",
  security: "Security",
  other: "Other",
};

export const NEED_HINT: Readonly<Record<ExceptionNeed, string>> = {
  launch: "a date that was announced",
  commitment: "a contract or a law",
  dependency: "what burned the budget is not ours",
  measurement: "the SLI counted what no user saw",
  security: "a fix that cannot wait",
  other: "none of these",
};

export const STATE_WORD: Readonly<Record<ExceptionState, string>> = {
  asked: "Waiting for a decision",
  "in-force": "In force",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
  revoked: "Revoked",
  expired: "Expired",
};

export const DECISION_WORD: Readonly<Record<GateDecision["decision"], string>> = {
  allow: "Allowed",
  block: "Blocked",
  unknown: "Unknown",
};

export const SURFACE_WORD: Readonly<Record<GateSurface, string>> = {
  http: "API",
  cli: "command line",
  github: "GitHub",
};

/** What moved the numbers. */
export const CAUSE_WORD = {
  budget: "the budget changed",
  definition: "the document was changed",
  correction: "late or corrected data",
} as const;

/** Services that are in no policy state because nobody knows their numbers. */
export const UNKNOWN_NUMBERS = "numbers unknown";

/** Why the reader cannot decide; empty where they can. */
export const DECIDING_WORDS: Readonly<Record<Deciding, string>> = {
  may: "",
  own: "You asked for it, so another person decides: an editor of its team, or an admin.",
  "not-editor":
    "An editor of its team, or of all of them, decides, or an admin: not the one who asked.",
  program: "A person decides, not a program.",
  "sign-in-off":
    "Sign-in is off, so nobody can be told from the one who asked, and nobody can approve it. Start Plimsoll without PLIMSOLL_NO_AUTH to decide.",
  over: "It expired before anybody decided.",
};

/** In force, and about to end. */
export function expiresSoon({ state, expiresAt }: ExceptionLine, now: number): boolean {
  return state === "in-force" && expiresAt - now <= EXPIRY_NOTICE_MS;
}

/** "checkout / availability, production": what an exception is for. */
export function scopeWords({
  service,
  slo,
  environment,
}: Pick<ExceptionLine, "service" | "slo" | "environment">): string {
  const what = slo === null ? `${service}, every SLO` : `${service} / ${slo}`;
  return `${what}, ${environment ?? "every environment"}`;
}

/** What is owed, without the names that are links. */
export function owedWords({ kind, incidentClass, quarter, share, above }: OwedLine): string {
  const spent = `${percent(share)} of the budget, more than ${percent(above)}`;
  if (kind === "postmortem") return `Postmortem owed: one incident spent ${spent}`;
  const what = incidentClass === null ? "One class of incident" : `Incidents of ${incidentClass}`;
  return `Planning item owed: ${what} spent ${spent}${quarter === null ? "" : `, in ${quarter}`}`;
}

/** The sentence on top of the page: who is frozen, what waits. */
export function policySentence(view: PolicyView): string {
  const frozen = view.states.filter(({ duty }) => duty.blocks).map(({ duty }) => duty.service);
  const parts = [
    frozen.length === 0
      ? "No service is blocked."
      : `Changes are blocked on ${listed(frozen)}${many(frozen.length)}.`,
    counted(view.asked.length, "exception waits for a decision", "exceptions wait for a decision"),
    counted(view.inForce.length, "exception is in force", "exceptions are in force"),
    counted(view.owed.length, "item is owed", "items are owed"),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function many(services: number): string {
  return services > 3 ? ` (${services} services)` : "";
}

function counted(n: number, one: string, more: string): string {
  if (n === 0) return "";
  return n === 1 ? `One ${one}.` : `${n} ${more}.`;
}

/** What the count of like needs says; null where it says nothing yet. */
export function findingWords({
  need,
  teams,
}: {
  readonly need: ExceptionNeed;
  readonly teams: readonly string[];
}): string | null {
  if (teams.length < MANY_TEAMS) return null;
  return `${teams.length} teams asked for ${NEED_WORD[need].toLowerCase()}: change the policy?`;
}

/** As many teams with the same need say something of the policy, rather than of the teams. */
const MANY_TEAMS = 3;

/** What the gate said, as a person would ask: "A deployment to production would be blocked". */
export function gateWords({ decision, environment, mode, proceed }: GateDecision): string {
  const would = `A deployment to ${environment} would be`;
  if (decision === "allow") return `${would} allowed`;
  const dry = mode === "dry-run" ? " (dry run: nothing is held up)" : "";
  if (decision === "block") return `${would} blocked${dry}`;
  const fate = proceed ? "goes on" : "is held up";
  return `Whether a deployment to ${environment} may go is unknown; it ${fate}${dry}`;
}

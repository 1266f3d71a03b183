import type { FleetRow } from "#lib/fleet/row.ts";
import { percent } from "#lib/format/numbers.ts";
import { HEALTHY } from "#lib/policy/policy.ts";
import type { ServiceDuty } from "#lib/team/duties.ts";

/** The sentence on top: what this team must do. */
export function teamSentence(duties: readonly ServiceDuty[], burns: number): string {
  const parts = [blockedPart(duties), reviewPart(duties), unknownPart(duties), burnPart(burns)];
  const said = parts.filter((part) => part !== null);
  if (said.length === 0) return "Nothing is asked of this team: every budget is in order.";
  return said.join(" ");
}

function blockedPart(duties: readonly ServiceDuty[]): string | null {
  const names = duties.filter(({ blocks }) => blocks).map(({ service }) => service);
  return names.length === 0 ? null : `Changes are blocked on ${listed(names)}.`;
}

function reviewPart(duties: readonly ServiceDuty[]): string | null {
  const names = duties
    .filter(({ blocks, cause }) => !blocks && cause !== null && cause.policyState !== HEALTHY)
    .map(({ service }) => service);
  if (names.length === 0) return null;
  const also = duties.some(({ blocks }) => blocks) ? "also " : "";
  return `The policy ${also}asks something of ${listed(names)}.`;
}

function unknownPart(duties: readonly ServiceDuty[]): string | null {
  const names = duties.filter(({ known }) => !known).map(({ service }) => service);
  return names.length === 0 ? null : `The numbers of ${listed(names)} are unknown.`;
}

function burnPart(burns: number): string | null {
  if (burns === 0) return null;
  return burns === 1 ? "One budget is burning now." : `${burns} budgets are burning now.`;
}

/** "a", "a and b", "a, b and 3 more". */
export function listed(names: readonly string[]): string {
  if (names.length <= 2) return names.join(" and ");
  const last = names.length === 3 ? names[2] : `${names.length - 2} more`;
  return `${names[0]}, ${names[1]} and ${last}`;
}

/** Why an SLO has brought its service where it is. */
export function causeWords({ state, remaining, window, reason }: FleetRow): string {
  if (state === "unknown" || remaining === null) return reason;
  if (remaining <= 0) return `${percent(1 - remaining)} of its budget over ${window} is spent.`;
  return `${percent(remaining)} of its budget over ${window} is left.`;
}

import type { ExceptionLine, StateCount, StateLine } from "#components/policy/view.ts";
import { UNKNOWN_NUMBERS } from "#components/policy/words.ts";
import type { Asking, AskingSlo } from "#db/reads/asking.ts";
import { fleetRow } from "#lib/fleet/row.ts";
import { HEALTHY } from "#lib/policy/policy.ts";
import { type ServiceDuty, teamDuties } from "#lib/team/duties.ts";

interface StatesInput {
  readonly asking: Asking;
  /** In force at `now`. */
  readonly inForce: readonly ExceptionLine[];
  /** Epoch ms. */
  readonly now: number;
}

/** The services of which their policies ask something, the most urgent first. */
export function stateLines({ asking, inForce, now }: StatesInput): StateLine[] {
  const duties = teamDuties(asking.slos.map((slo) => fleetRow(slo, now)));
  return duties
    .filter(({ asks }) => asks)
    .map((duty) => ({
      duty,
      action: actionOf(asking.slos, duty),
      exceptions: inForce.filter(({ service }) => service === duty.service),
    }));
}

/** As the document of the SLO that decides says it. */
function actionOf(slos: readonly AskingSlo[], { service, cause }: ServiceDuty): string | null {
  const own = slos.find(({ status }) => status.service === service && status.slo === cause?.slo);
  return own?.policy.find(({ name }) => name === cause?.policyState)?.action ?? null;
}

/** How many services are in each policy state, the strictest first and Healthy last. */
export function stateCounts(lines: readonly StateLine[], services: number): StateCount[] {
  const named = Map.groupBy(lines, nameOf);
  const counts = [...named].map(([name, own]) => ({
    name,
    services: own.length,
    blocks: own.some(({ duty }) => duty.blocks),
  }));
  return [...counts, { name: HEALTHY, services: services - lines.length, blocks: false }];
}

function nameOf({ duty: { cause } }: StateLine): string {
  return cause === null || cause.policyState === HEALTHY ? UNKNOWN_NUMBERS : cause.policyState;
}

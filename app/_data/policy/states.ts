import type { ExceptionLine, StateCount, StateLine } from "#components/policy/view.ts";
import { UNKNOWN_NUMBERS } from "#components/policy/words.ts";
import type { Asking } from "#db/reads/asking.ts";
import { type AskedSlo, askedRow, UNKNOWN_POLICY } from "#lib/fleet/asked.ts";
import { exemptByAll } from "#lib/policy/clauses.ts";
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
  const duties = teamDuties(asking.slos.map((slo) => askedRow(slo, now)));
  return duties
    .filter(({ asks }) => asks)
    .map((duty) => ({
      duty,
      action: actionOf(asking.slos, duty),
      exempt: exemptByAll(blocking(asking.slos, duty.service)),
      exceptions: inForce.filter(({ service }) => service === duty.service),
    }));
}

function blocking(slos: readonly AskedSlo[], service: string): AskedSlo["definition"][] {
  return slos.flatMap(({ definition, reading }) =>
    definition.service === service && reading?.detail.blocks ? [definition] : [],
  );
}

/** As the document of the SLO that decides says it. */
function actionOf(slos: readonly AskedSlo[], { service, cause }: ServiceDuty): string | null {
  const own = slos.find(({ definition: of }) => of.service === service && of.name === cause?.slo);
  return own?.definition.policy.find(({ name }) => name === cause?.policyState)?.action ?? null;
}

/** How many services are in each policy state, the strictest first and Healthy last. */
export function stateCounts(
  lines: readonly StateLine[],
  { services, asking }: Pick<Asking, "services" | "asking">,
): StateCount[] {
  const named = Map.groupBy(lines, nameOf);
  const counts = [...named].map(([name, own]) => ({
    name,
    services: own.length,
    blocks: own.some(({ duty }) => duty.blocks),
  }));
  const more = { name: "more, not listed", services: asking - lines.length, blocks: false };
  const healthy = { name: HEALTHY, services: services - asking, blocks: false };
  return [...counts, ...(more.services > 0 ? [more] : []), healthy];
}

function nameOf({ duty: { cause } }: StateLine): string {
  return cause === null || NAMELESS.has(cause.policyState) ? UNKNOWN_NUMBERS : cause.policyState;
}

/** States that say nothing of numbers that are unknown. */
const NAMELESS: ReadonlySet<string> = new Set([HEALTHY, UNKNOWN_POLICY]);

import { z } from "zod";
import { isoOrNull } from "#app/api/v1/list.ts";
import type { StateLine } from "#components/policy/view.ts";
import { UNKNOWN_POLICY } from "#lib/fleet/asked.ts";
import type { FleetRow } from "#lib/fleet/row.ts";
import { HEALTHY } from "#lib/policy/policy.ts";

const time = z.iso.datetime().describe("ISO 8601, UTC");

const service = z.strictObject({
  service: z.string(),
  policyState: z.string().describe("of its strictest enforced SLO; Unknown while none is known"),
  held: z.boolean().describe("the last known state, kept while the numbers are unknown"),
  blocks: z.boolean().describe("deployments are blocked, exceptions aside"),
  known: z.boolean().describe("the numbers of all its enforced SLOs are known"),
  action: z.string().nullable().describe("what the policy asks, as the document says it"),
  slo: z.string().describe("the SLO that decides"),
  consumed: z.number().nullable().describe("share of its budget spent: a ratio, not a percent"),
  liftsAt: time.nullable().describe("when the block lifts if nothing fails from now on"),
  exceptions: z.array(z.int()).describe("ids of those in force for the service"),
});

export const policyAnswer = z.strictObject({
  asOf: time.nullable().describe("of the newest evaluation; null before the first"),
  services: z.int().describe("with an enforced SLO in force"),
  asking: z
    .array(service)
    .describe("services of which a policy asks something, or whose numbers are unknown"),
});

/** One service of the answer; none for a line without an SLO that decides. */
export function servicePolicy({ duty, action, exceptions }: StateLine): z.infer<typeof service>[] {
  const { cause, blocks, known, liftsAt } = duty;
  if (!cause) return [];
  return [
    {
      ...{ service: duty.service, policyState: policyStateOf(cause), held: cause.held },
      ...{ blocks, known, action, slo: cause.slo },
      consumed: cause.remaining === null ? null : 1 - cause.remaining,
      liftsAt: isoOrNull(liftsAt),
      exceptions: exceptions.map(({ id }) => id),
    },
  ];
}

/** Healthy that nobody could look at again is nothing that is known. */
function policyStateOf({ policyState, state }: FleetRow): string {
  return state === "unknown" && policyState === HEALTHY ? UNKNOWN_POLICY : policyState;
}

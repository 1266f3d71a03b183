import { z } from "zod";
import { readStates } from "#app/_data/policy/read.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { isoOrNull } from "#app/api/v1/list.ts";
import { type policyAnswer, servicePolicy } from "#app/api/v1/policy/schema.ts";
import { store } from "#db/client.ts";

/** Policy states: which services are asked for what, the most urgent first. */
export const GET = guarded("GET /api/v1/policy", async ({ request, by }) => {
  const { team = "" } = parameters(request, { team: z.string().max(200).optional() });
  const { asking, states } = await readStates((await store()).db, { team, now: by.at });
  return {
    asOf: isoOrNull(asking.evaluatedAt),
    services: asking.services,
    asking: states.flatMap(servicePolicy),
  } satisfies z.infer<typeof policyAnswer>;
});

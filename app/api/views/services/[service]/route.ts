import { readService } from "#app/_data/service/read.ts";
import { decoded } from "#app/_data/slo/address.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";

/** What the service's page shows, for its refresh. */
export const GET = guarded<{ service: string }>(
  "GET /api/views/services/[service]",
  async ({ params }) => {
    const service = decoded(params.service);
    const view = await readService({ service, now: Date.now() });
    if (view) return view;
    throw new RequestError(404, "unknown-service", `There is no SLO of a service ${service}.`);
  },
);

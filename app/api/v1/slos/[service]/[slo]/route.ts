import {
  addressOf,
  found,
  instanceLabels,
  pastMoment,
  type SloParams,
} from "#app/_data/slo/address.ts";
import { readSloStatus } from "#app/_data/slo/status.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";

/** The SLO's numbers, now or as of a time. */
export const GET = guarded<SloParams>(
  "GET /api/v1/slos/[service]/[slo]",
  async ({ request, params }) => {
    const { at = null, instance } = parameters(request, {
      at: pastMoment,
      instance: instanceLabels,
    });
    const address = addressOf(params, instance);
    const slo = found(await readSloStatus({ ...address, at, now: Date.now() }), address);
    if (slo.status) return { ...slo.status, enforced: slo.enforced };
    throw new RequestError(
      404,
      "no-status",
      "This SLO has no numbers yet: it has not been evaluated.",
    );
  },
);

import {
  addressOf,
  exclusionsOff,
  found,
  pastMoment,
  type SloParams,
  text,
} from "#app/_data/slo/address.ts";
import { readSloPage } from "#app/_data/slo/read.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";

const shape = {
  at: pastMoment,
  tier: text,
  exclusions: exclusionsOff,
  range: text,
  from: text,
  to: text,
};

/** What the SLO's page shows, for its refresh. */
export const GET = guarded<SloParams>(
  "GET /api/views/slos/[service]/[slo]",
  async ({ request, params }) => {
    const {
      at = null,
      tier = null,
      range = null,
      from = null,
      to = null,
      exclusions,
    } = parameters(request, shape);
    const address = addressOf(params);
    const everything = exclusions === "off";
    const ask = { ...address, at, tier, everything, now: Date.now(), range: { range, from, to } };
    return found(await readSloPage(ask), address);
  },
);

import { addressOf, found, type SloParams, text } from "#app/_data/slo/address.ts";
import { readWhatIf } from "#app/_data/whatif/read.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";

const shape = { objective: text, window: text, thresholds: text };

/** What the what-if page shows while somebody types; mistakes are part of the answer. */
export const GET = guarded<SloParams>(
  "GET /api/views/slos/[service]/[slo]/what-if",
  async ({ request, params }) => {
    const { objective = null, window = null, thresholds = null } = parameters(request, shape);
    const address = addressOf(params);
    const fields = { objective, window, thresholds };
    return found(await readWhatIf({ ...address, fields, now: Date.now() }), address);
  },
);

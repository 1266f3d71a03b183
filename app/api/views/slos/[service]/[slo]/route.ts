import { addressOf, found, pastMoment, type SloRoute, text } from "#app/_data/slo/address.ts";
import { readSloPage } from "#app/_data/slo/read.ts";
import { parameters } from "#app/api/parameters.ts";
import { respond } from "#app/api/respond.ts";

const shape = { at: pastMoment, range: text, from: text, to: text };

/** What the SLO's page shows, for its refresh. */
export async function GET(request: Request, route: SloRoute): Promise<Response> {
  return respond(async () => {
    const { at = null, range = null, from = null, to = null } = parameters(request, shape);
    const address = await addressOf(route);
    const ask = { ...address, at, now: Date.now(), range: { range, from, to } };
    return found(await readSloPage(ask), address);
  });
}

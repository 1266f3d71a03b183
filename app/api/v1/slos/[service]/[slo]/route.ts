import { addressOf, found, pastMoment, type SloRoute } from "#app/_data/slo/address.ts";
import { readSloStatus } from "#app/_data/slo/status.ts";
import { parameters } from "#app/api/parameters.ts";
import { RequestError, respond } from "#app/api/respond.ts";

/** The SLO's numbers, now or as of a time. */
export async function GET(request: Request, route: SloRoute): Promise<Response> {
  return respond(async () => {
    const { at = null } = parameters(request, { at: pastMoment });
    const address = await addressOf(route);
    const { status } = found(await readSloStatus({ ...address, at, now: Date.now() }), address);
    if (status) return status;
    throw new RequestError(
      404,
      "no-status",
      "This SLO has no numbers yet: it has not been evaluated.",
    );
  });
}

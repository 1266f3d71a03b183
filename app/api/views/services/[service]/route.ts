import { readService } from "#app/_data/service/read.ts";
import { decoded } from "#app/_data/slo/address.ts";
import { RequestError, respond } from "#app/api/respond.ts";

interface ServiceRoute {
  readonly params: Promise<{ readonly service: string }>;
}

/** What the service's page shows, for its refresh. */
export async function GET(_: Request, { params }: ServiceRoute): Promise<Response> {
  return respond(async () => {
    const service = decoded((await params).service);
    const view = await readService({ service, now: Date.now() });
    if (view) return view;
    throw new RequestError(404, "unknown-service", `There is no SLO of a service ${service}.`);
  });
}

import { z } from "zod";
import { addressOf, found, pastMoment, type SloRoute } from "#app/_data/slo/address.ts";
import { readExplanation } from "#app/_data/slo/explain.ts";
import { parameters } from "#app/api/parameters.ts";
import { RequestError, respond } from "#app/api/respond.ts";
import { readNumberId } from "#lib/explain/explanation.ts";

const number = z.string().transform((text, context) => {
  const id = readNumberId(text);
  if (id) return id;
  context.addIssue({
    code: "custom",
    message: "names no number, such as remaining, sli or burn-1h",
  });
  return z.NEVER;
});

/** How one number of the SLO's page came about. */
export async function GET(request: Request, route: SloRoute): Promise<Response> {
  return respond(async () => {
    const asked = parameters(request, { number, at: pastMoment });
    const address = await addressOf(route);
    const ask = { ...address, number: asked.number, at: asked.at ?? null, now: Date.now() };
    const { explanation } = found(await readExplanation(ask), address);
    if (explanation) return explanation;
    throw new RequestError(404, "no-number", "There is no such number of this SLO yet.");
  });
}

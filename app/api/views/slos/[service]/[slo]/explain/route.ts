import { z } from "zod";
import {
  addressOf,
  exclusionsOff,
  found,
  pastMoment,
  type SloParams,
} from "#app/_data/slo/address.ts";
import { readExplanation } from "#app/_data/slo/explain.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";
import { config } from "#config/current.ts";
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

function queryLinks(): Record<string, string> {
  const sources = config().prometheus;
  return Object.fromEntries(sources.flatMap(({ name, link }) => (link ? [[name, link]] : [])));
}

/** How one number of the SLO's page came about. */
export const GET = guarded<SloParams>(
  "GET /api/views/slos/[service]/[slo]/explain",
  async ({ request, params }) => {
    const asked = parameters(request, { number, at: pastMoment, exclusions: exclusionsOff });
    const address = addressOf(params);
    const when = { at: asked.at ?? null, now: Date.now(), everything: asked.exclusions === "off" };
    const ask = { ...address, number: asked.number, ...when, links: queryLinks() };
    const { explanation } = found(await readExplanation(ask), address);
    if (explanation) return explanation;
    throw new RequestError(404, "no-number", "There is no such number of this SLO yet.");
  },
);

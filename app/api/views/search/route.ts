import { z } from "zod";
import { readSearch } from "#app/_data/search/read.ts";
import { parameters } from "#app/api/parameters.ts";
import { respond } from "#app/api/respond.ts";

const shape = { text: z.string().max(200).default("") };

/** What the palette offers for a text. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => readSearch(parameters(request, shape).text));
}

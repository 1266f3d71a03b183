import { z } from "zod";
import { readSearch } from "#app/_data/search/read.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";

const shape = { text: z.string().max(200).default("") };

/** What the palette offers for a text. */
export const GET = guarded("GET /api/views/search", async ({ request }) =>
  readSearch(parameters(request, shape).text),
);

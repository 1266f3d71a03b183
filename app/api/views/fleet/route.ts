import { z } from "zod";
import { readFleetView } from "#app/_data/fleet/read.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";

const shape = {
  filter: z.string().max(500).default(""),
  cursor: z.string().max(1024).optional(),
};

/** The fleet page's live part: the same reader as the page's. */
export const GET = guarded("GET /api/views/fleet", async ({ request }) => {
  const { filter, cursor = null } = parameters(request, shape);
  return readFleetView(filter, cursor).catch(badCursor);
});

function badCursor(error: unknown): never {
  if (!(error instanceof RangeError)) throw error;
  throw new RequestError(400, "bad-parameter", "The list has changed; reload the page.");
}

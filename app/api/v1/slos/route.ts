import { z } from "zod";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";
import { store } from "#db/client.ts";
import { readFleet } from "#db/reads/fleet.ts";
import { presentStatus } from "#lib/slo/present.ts";
import { SLO_STATES } from "#lib/slo/status.ts";

const shape = {
  team: z.string().optional(),
  service: z.string().optional(),
  state: z.enum(SLO_STATES, { error: `must be one of ${SLO_STATES.join(", ")}` }).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(1024).optional(),
};

/** Worst first; `next` is the cursor of the following page, null on the last. */
export const GET = guarded("GET /api/v1/slos", async ({ request }) => {
  const asked = parameters(request, shape);
  const { db } = await store();
  const page = await readFleet(db, asked).catch(badCursor);
  const now = Date.now();
  return {
    asOf: new Date(page.evaluatedAt ?? now).toISOString(),
    slos: page.rows.map(({ status, detail }) => ({
      ...presentStatus(status, now),
      enforced: detail.enforced,
    })),
    next: page.next,
  };
});

function badCursor(error: unknown): never {
  if (!(error instanceof RangeError)) throw error;
  throw new RequestError(400, "bad-parameter", "The query has parameters that cannot be used.", [
    { field: "cursor", message: "is not one that this server gave" },
  ]);
}

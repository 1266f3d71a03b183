import { correctionBody } from "#app/_data/reviews/shapes.ts";
import { DONE } from "#app/_data/settings/people/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { enterReview, type MonthParams, requireSaved } from "#app/api/reviews/door.ts";
import { store } from "#db/client.ts";
import { addCorrection } from "#db/writes/reviews.ts";

/** Adds a correction to a published review, which itself stays as it is. */
export const POST = guarded<MonthParams>(
  "POST /api/reviews/[month]/corrections",
  async ({ request, params: { month }, by }) => {
    const { team, text } = await jsonBody(request, correctionBody);
    const { db } = await store();
    const key = await enterReview(db, by, { month, team });
    requireSaved(await addCorrection(db, by, { ...key, text }));
    return Response.json(DONE, { status: 201 });
  },
);

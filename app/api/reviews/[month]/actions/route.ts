import { actionBody } from "#app/_data/reviews/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { enterReview, type MonthParams } from "#app/api/reviews/door.ts";
import { store } from "#db/client.ts";
import { addAction } from "#db/writes/actionItems.ts";

/** Adds an action item to a review. */
export const POST = guarded<MonthParams>(
  "POST /api/reviews/[month]/actions",
  async ({ request, params: { month }, by }) => {
    const { team, ...words } = await jsonBody(request, actionBody);
    const { db } = await store();
    const key = await enterReview(db, by, { month, team });
    const { id } = await addAction(db, by, { ...key, ...words });
    return Response.json({ id }, { status: 201 });
  },
);

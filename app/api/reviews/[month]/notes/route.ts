import { notesBody } from "#app/_data/reviews/shapes.ts";
import { DONE } from "#app/_data/settings/people/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { enterReview, type MonthParams, requireSaved } from "#app/api/reviews/door.ts";
import { store } from "#db/client.ts";
import { saveNotes } from "#db/writes/reviews.ts";

/** Writes the notes of a draft. */
export const PUT = guarded<MonthParams>(
  "PUT /api/reviews/[month]/notes",
  async ({ request, params: { month }, by }) => {
    const { team, ...written } = await jsonBody(request, notesBody);
    const { db } = await store();
    const key = await enterReview(db, by, { month, team });
    requireSaved(await saveNotes(db, by, { ...key, ...written }));
    return DONE;
  },
);

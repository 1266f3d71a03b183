import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { answerDora, askedShape } from "#app/api/v1/dora/asked.ts";
import { presentDora } from "#app/api/v1/dora/present.ts";
import { store } from "#db/client.ts";

/** The five delivery metrics of a range, of all services, a team's or one. */
export const GET = guarded("GET /api/v1/dora", async ({ request, by }) => {
  const asked = parameters(request, askedShape);
  const { db } = await store();
  return presentDora((await answerDora(db, asked, by.at)).report);
});

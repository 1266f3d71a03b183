import { readSourcesView } from "#app/_data/sources/read.ts";
import { guarded } from "#app/api/guard.ts";
import { store } from "#db/client.ts";

/** What the sources page shows, for its refresh. */
export const GET = guarded("GET /api/views/sources", async () =>
  readSourcesView((await store()).db, Date.now()),
);

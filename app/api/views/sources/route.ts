import { readSourcesView } from "#app/_data/sources/read.ts";
import { respond } from "#app/api/respond.ts";
import { store } from "#db/client.ts";

/** What the sources page shows, for its refresh. */
export async function GET(): Promise<Response> {
  return respond(async () => readSourcesView((await store()).db, Date.now()));
}

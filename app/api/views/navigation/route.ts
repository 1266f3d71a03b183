import { readNavigation } from "#app/_data/navigation/read.ts";
import { guarded } from "#app/api/guard.ts";

/** The navigation's live part: the same reader as the layout's. */
export const GET = guarded("GET /api/views/navigation", readNavigation);

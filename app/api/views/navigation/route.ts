import { readNavigation } from "#app/_data/navigation/read.ts";
import { respond } from "#app/api/respond.ts";

/** The navigation's live part: the same reader as the layout's. */
export function GET(): Promise<Response> {
  return respond(readNavigation);
}

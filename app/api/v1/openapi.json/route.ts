import { openApi } from "#app/api/v1/openapi.json/document.ts";
import { config } from "#config/current.ts";

export const dynamic = "force-dynamic";

/** The description of this API, for people's tools. */
export function GET(): Response {
  return Response.json(openApi(config().publicUrl));
}

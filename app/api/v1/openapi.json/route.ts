import { guarded } from "#app/api/guard.ts";
import { openApi } from "#app/api/v1/openapi.json/document.ts";
import { config } from "#config/current.ts";

export const dynamic = "force-dynamic";

/** The description of this API, for people's tools. */
export const GET = guarded("GET /api/v1/openapi.json", async () => openApi(config().publicUrl));

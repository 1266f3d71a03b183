import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";

/** Any other address under the API: an error in its own shape, not a page. */
const unknown = guarded<{ path: string[] }>("* /api/v1/[...path]", async ({ request }) => {
  const { pathname } = new URL(request.url);
  throw new RequestError(
    404,
    "unknown-route",
    `There is no ${pathname}; /api/v1/openapi.json lists what there is.`,
  );
});

export { unknown as DELETE, unknown as GET, unknown as PATCH, unknown as POST, unknown as PUT };

import { askBody } from "#app/_data/policy/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { requireScope, requireScopeEditor } from "#app/api/exceptions/door.ts";
import { guarded } from "#app/api/guard.ts";
import { store } from "#db/client.ts";
import { askException } from "#db/writes/exceptions.ts";

/** Asks for an exception from a policy; it holds nothing before another person approves it. */
export const POST = guarded("POST /api/exceptions", async ({ request, by }) => {
  const asked = await jsonBody(request, askBody);
  const { db } = await store();
  await requireScopeEditor(db, by.actor, asked);
  await requireScope(db, asked);
  const { id } = await askException(db, by, asked);
  return Response.json({ id }, { status: 201, headers: { "cache-control": "no-store" } });
});

import { noteBody } from "#app/_data/incidents/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { enterIncident, type IncidentParams } from "#app/api/incidents/door.ts";
import { store } from "#db/client.ts";
import { addNote } from "#db/writes/incidentEdits.ts";

/** Adds a note to an incident's timeline. */
export const POST = guarded<IncidentParams>(
  "POST /api/incidents/[incident]/notes",
  async ({ request, params, by }) => {
    const { text, at = by.at } = await jsonBody(request, noteBody);
    const { db } = await store();
    const { row, team } = await enterIncident(db, by.actor, params.incident);
    await addNote(db, by, { id: row.id, team, at, text });
    return Response.json({ done: true }, { status: 201 });
  },
);

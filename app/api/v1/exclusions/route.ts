import { z } from "zod";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { moment, parameters } from "#app/api/parameters.ts";
import { exclusionBody, fieldsOf } from "#app/api/v1/exclusions/body.ts";
import { requireExcluding, requireNamed, requireTimes } from "#app/api/v1/exclusions/door.ts";
import {
  exclusionAnswer,
  type exclusionList,
  listedAnswer,
} from "#app/api/v1/exclusions/schema.ts";
import { requireIngest } from "#app/api/v1/ingest.ts";
import { store } from "#db/client.ts";
import { readExclusion, readExclusions } from "#db/reads/exclusions.ts";
import { saveExclusion } from "#db/writes/exclusions.ts";
import { DAY } from "#lib/time/duration.ts";

/** How far back the list goes by itself. */
const BACK_MS = 90 * DAY;

const shape = {
  service: z.string().optional(),
  slo: z.string().optional(),
  from: moment.optional(),
  to: moment.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
};

/** Maintenance and experiments in force, those that began last first. */
export const GET = guarded("GET /api/v1/exclusions", async ({ request, by }) => {
  const { from = by.at - BACK_MS, ...asked } = parameters(request, shape);
  const { db } = await store();
  const rows = await readExclusions(db, { ...asked, from });
  return { exclusions: rows.map(listedAnswer) } satisfies z.infer<typeof exclusionList>;
});

/** Somebody tells of a window: 201 for a new one, 200 when it was told before with the same id. */
export const POST = guarded("POST /api/v1/exclusions", async ({ request, by }) => {
  const body = await jsonBody(request, exclusionBody);
  const fields = fieldsOf(body);
  const { db } = await store();
  const team = await requireIngest(db, by.actor, fields.service);
  requireExcluding(by.actor, { excluded: fields.excluded, team });
  await requireNamed(db, fields);
  requireTimes(fields, by.at);
  const isOpen = body.excluded === undefined;
  const id = await saveExclusion(db, by, { fields, externalId: body.id ?? null, team, isOpen });
  const row = await readExclusion(db, id);
  if (!row) throw new Error(`exclusion ${id} was not kept`);
  return Response.json(exclusionAnswer(row), {
    status: row.revision === 1 ? 201 : 200,
    headers: { "cache-control": "no-store" },
  });
});

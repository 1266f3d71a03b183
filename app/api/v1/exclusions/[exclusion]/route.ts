import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { exclusionChange } from "#app/api/v1/exclusions/body.ts";
import {
  cancelled,
  type ExclusionParams,
  enterExclusion,
  requireExcluding,
  requireTimes,
} from "#app/api/v1/exclusions/door.ts";
import { exclusionAnswer } from "#app/api/v1/exclusions/schema.ts";
import { store } from "#db/client.ts";
import type { Db } from "#db/connection.ts";
import { readExclusion } from "#db/reads/exclusions.ts";
import { cancelExclusion, editExclusion } from "#db/writes/exclusions.ts";

/** Changes one; a running experiment is ended by its `endsAt`. */
export const PATCH = guarded<ExclusionParams>(
  "PATCH /api/v1/exclusions/[exclusion]",
  async ({ request, params, by }) => {
    const { db } = await store();
    const { row, team } = await enterExclusion(db, by.actor, params.exclusion);
    const body = await jsonBody(request, exclusionChange);
    const excluded = row.excluded || body.excluded === true;
    requireExcluding(by.actor, { excluded, team });
    requireTimes({ ...row, ...body }, by.at);
    if (!(await editExclusion(db, by, { id: row.id, fields: body, team }))) throw cancelled();
    return answerOf(db, row.id);
  },
);

/** Takes one back, from its beginning on: its events count again. */
export const DELETE = guarded<ExclusionParams>(
  "DELETE /api/v1/exclusions/[exclusion]",
  async ({ params, by }) => {
    const { db } = await store();
    const { row, team } = await enterExclusion(db, by.actor, params.exclusion);
    if (!(await cancelExclusion(db, by, { id: row.id, team }))) throw cancelled();
    return answerOf(db, row.id);
  },
);

async function answerOf(db: Db, id: number) {
  const row = await readExclusion(db, id);
  if (!row) throw new Error(`exclusion ${id} is gone`);
  return exclusionAnswer(row);
}

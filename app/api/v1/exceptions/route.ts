import { z } from "zod";
import { guarded } from "#app/api/guard.ts";
import { moment, parameters } from "#app/api/parameters.ts";
import {
  EXCEPTION_STATES,
  exceptionAnswer,
  type exceptionList,
} from "#app/api/v1/exceptions/schema.ts";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { readExceptions } from "#db/reads/exceptions.ts";

const shape = {
  service: z.string().optional(),
  team: z.string().optional(),
  state: z
    .enum(EXCEPTION_STATES, { error: `must be one of ${EXCEPTION_STATES.join(", ")}` })
    .optional(),
  from: moment.optional(),
  to: moment.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
};

/** Exceptions from policies, those asked for last first. */
export const GET = guarded("GET /api/v1/exceptions", async ({ request, by }) => {
  const { limit, ...asked } = parameters(request, shape);
  const given = Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== undefined),
  );
  const { db } = await store();
  const rows = await readExceptions(db, { ...given, now: by.at, limit });
  const { publicUrl } = config();
  return {
    asOf: new Date(by.at).toISOString(),
    exceptions: rows.map((row) => exceptionAnswer(row, { now: by.at, publicUrl })),
  } satisfies z.infer<typeof exceptionList>;
});

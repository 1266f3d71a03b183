import { z } from "zod";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { GATE_CHANGES } from "#app/api/v1/gate/schema.ts";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { askGate } from "#db/writes/gate.ts";
import { actorName } from "#lib/access/actor.ts";

const name = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(200, "must have at most 200 characters");

const query = {
  service: name,
  environment: name.default("production"),
  change: z.enum(GATE_CHANGES, { error: "must be feature, p0 or security" }).default("feature"),
  sha: z
    .string()
    .regex(/^[0-9a-fA-F]{7,64}$/, "must be a commit's hash")
    .optional(),
  /** Said by our own command line, so that the log tells the two apart. */
  surface: z.enum(["http", "cli"], { error: "must be http or cli" }).default("http"),
};

/** May this be shipped? Whatever the answer, it is 200 and logged: `proceed` says whether to go on. */
export const GET = guarded("GET /api/v1/gate", async ({ request, by }) => {
  const { surface, sha = null, ...asked } = parameters(request, query);
  const { publicUrl: linkPrefix, gate: rules } = config();
  const { db } = await store();
  const askedByName = actorName(by.actor);
  return askGate(db, {
    ...{ surface, askedByName, rules, linkPrefix },
    ask: { ...asked, sha },
    now: by.at,
  });
});

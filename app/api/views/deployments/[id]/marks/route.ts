import { z } from "zod";
import { changesMayBeMade } from "#app/_data/deployments/may.ts";
import { findVerdict } from "#app/_data/deployments/one.ts";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import { readTeamsOf } from "#app/_data/dora/teams.ts";
import { DONE } from "#app/_data/settings/people/shapes.ts";
import { decoded } from "#app/_data/slo/address.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded, require } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { store } from "#db/client.ts";
import { markDeployment } from "#db/writes/deploymentMarks.ts";

const MARKS = ["failed", "not-failed", "rework", "not-rework", "none"] as const;

const shape = z.strictObject({
  mark: z.enum(MARKS, { error: `must be one of ${MARKS.join(", ")}` }),
  reason: z
    .string("must be a text")
    .trim()
    .max(500, "may have at most 500 characters")
    .transform((text) => (text === "" ? null : text))
    .nullable()
    .default(null),
});

/** A person's word on a deployment, which outranks what is inferred; `none` takes it back. */
export const POST = guarded<{ id: string }>(
  "POST /api/views/deployments/[id]/marks",
  async ({ request, params, by }) => {
    const { mark, reason } = await jsonBody(request, shape);
    const { db } = await store();
    const verdict = findVerdict(await readDelivery(db), decoded(params.id));
    if (!verdict) throw unknownDeployment();
    const { id, recordIds, service } = verdict.deployment;
    const deploymentIds = [id, ...recordIds.filter((one) => one !== id)];
    const teams = await readTeamsOf(db, service);
    const team = teams.find((own) => changesMayBeMade(by.actor, [own])) ?? teams[0] ?? null;
    require(by.actor, "edit", team);
    await markDeployment(db, by, { deploymentIds, mark, reason, team });
    return DONE;
  },
);

function unknownDeployment(): RequestError {
  return new RequestError(
    404,
    "unknown-deployment",
    "No successful production deployment has this id, and only those can be marked.",
  );
}

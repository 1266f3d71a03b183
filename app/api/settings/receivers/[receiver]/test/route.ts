import { guarded } from "#app/api/guard.ts";
import { noSuchReceiver, ownReceiver } from "#app/api/settings/receivers/find.ts";
import { openReceiver } from "#auth/receivers.ts";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { writeAudit } from "#db/writes/audit.ts";
import { tryReceiver } from "#jobs/notices/trial.ts";

/** Sends a test at once, and says what was answered. */
export const POST = guarded<{ readonly receiver: string }>(
  "POST /api/settings/receivers/[receiver]/test",
  async ({ params, by }) => {
    const { db } = await store();
    const { id, name, team } = await ownReceiver(db, by.actor, params.receiver);
    const trial = { db, id, config: config(), openSeal: openReceiver, clock: Date.now };
    const verdict = await tryReceiver(trial);
    if (!verdict) throw noSuchReceiver();
    const arrived = verdict.verdict === "delivered";
    const said = arrived ? `answered ${verdict.status}` : verdict.reason;
    const subject = { subject: `receiver:${name}`, team };
    await writeAudit(db, by, { action: "receiver.tested", ...subject, after: { said } });
    return { arrived, said };
  },
);

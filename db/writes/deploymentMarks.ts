import type { Db } from "#db/connection.ts";
import { deploymentMarks } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { actorName } from "#lib/access/actor.ts";

export interface MarkToMake {
  /** Of the deployment and of its jobs and repetitions: the first is marked, taken back are those of all. */
  readonly deploymentIds: readonly string[];
  /** `none` takes back those before it. */
  readonly mark: (typeof deploymentMarks.$inferSelect)["mark"];
  readonly reason: string | null;
  /** Whose the service is; for the audit log. */
  readonly team: string | null;
}

/** A person's word on a deployment, beside its line in the audit log. */
export async function markDeployment(db: Db, by: By, given: MarkToMake): Promise<void> {
  const { deploymentIds, mark, reason, team } = given;
  const marked = mark === "none" ? deploymentIds : deploymentIds.slice(0, 1);
  if (marked.length === 0) return;
  const word = { mark, reason, byName: actorName(by.actor), at: by.at };
  await db.transaction(async (tx) => {
    await tx
      .insert(deploymentMarks)
      .values(marked.map((deploymentId) => ({ deploymentId, ...word })));
    await writeAudit(tx, by, {
      action: "deployment.marked",
      subject: `deployment:${marked[0]}`,
      team,
      after: { mark, reason },
    });
  });
}

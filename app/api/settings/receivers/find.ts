import { require } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import type { Db } from "#db/connection.ts";
import { type ReceiverRecord, readReceiver } from "#db/reads/receivers.ts";
import type { Actor } from "#lib/access/actor.ts";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The receiver that a path names, if this actor may change it. */
export async function ownReceiver(db: Db, actor: Actor, id: string): Promise<ReceiverRecord> {
  const found = ID.test(id) ? await readReceiver(db, id) : null;
  if (!found) throw noSuchReceiver();
  require(actor, "edit", found.team);
  return found;
}

export function noSuchReceiver(): RequestError {
  return new RequestError(404, "not-found", "There is no such receiver.");
}

import { DONE } from "#app/_data/settings/people/shapes.ts";
import {
  type ExceptionParams,
  enterException,
  unknownException,
} from "#app/api/exceptions/door.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { store } from "#db/client.ts";
import { endException } from "#db/writes/exceptions.ts";

/** Withdraws an exception that waits for its decision, revokes one that is in force. */
export const DELETE = guarded<ExceptionParams>(
  "DELETE /api/exceptions/[exception]",
  async ({ params, by }) => {
    const { db } = await store();
    const { id } = await enterException(db, by.actor, params.exception);
    const ended = await endException(db, by, id);
    if (ended === "not-found") throw unknownException();
    if (ended === "over") {
      throw new RequestError(409, "over", "This exception is over already; load the page anew.");
    }
    return DONE;
  },
);

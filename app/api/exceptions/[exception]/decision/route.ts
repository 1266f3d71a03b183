import { decisionBody } from "#app/_data/policy/shapes.ts";
import { DONE } from "#app/_data/settings/people/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import {
  type ExceptionParams,
  enterException,
  requireDecider,
  unknownException,
} from "#app/api/exceptions/door.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { store } from "#db/client.ts";
import { type Decided, decideException } from "#db/writes/exceptions.ts";

type Hindrance = Exclude<Decided, "done" | "not-found">;

const HINDRANCES: Readonly<Record<Hindrance, string>> = {
  own: "You asked for this exception yourself; another editor of its team, or an admin, decides.",
  decided: "Somebody has decided already; load the page anew.",
  over: "This exception was withdrawn, or its time is over; ask for it anew.",
  "no-person":
    "A person who is signed in decides: not a program, and nobody while sign-in is switched off.",
};

/** Approves or rejects an exception that somebody else asked for. */
export const PUT = guarded<ExceptionParams>(
  "PUT /api/exceptions/[exception]/decision",
  async ({ request, params, by }) => {
    const decision = await jsonBody(request, decisionBody);
    const { db } = await store();
    const found = await enterException(db, by.actor, params.exception);
    await requireDecider(db, by.actor, found);
    const decided = await decideException(db, by, { id: found.id, ...decision });
    if (decided === "not-found") throw unknownException();
    if (decided !== "done") throw new RequestError(409, decided, HINDRANCES[decided]);
    return DONE;
  },
);

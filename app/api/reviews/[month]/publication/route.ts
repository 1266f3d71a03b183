import { frozenOf, isPublished, isSame } from "#app/_data/reviews/frozen.ts";
import { readNumbers } from "#app/_data/reviews/numbers.ts";
import { publishBody } from "#app/_data/reviews/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import {
  enterReview,
  type MonthParams,
  requireSaved,
  unknownMonth,
} from "#app/api/reviews/door.ts";
import { store } from "#db/client.ts";
import { readReview } from "#db/reads/reviews.ts";
import { publishReview } from "#db/writes/reviews.ts";

/** Freezes a review of a month that is over, for ever. */
export const POST = guarded<MonthParams>(
  "POST /api/reviews/[month]/publication",
  async ({ request, params: { month }, by }) => {
    const { team, zone, seen, inputs } = await jsonBody(request, publishBody);
    const { db } = await store();
    const key = await enterReview(db, by, { month, team });
    const row = await readReview(db, key);
    if (isPublished(row)) requireSaved("published");
    const numbers = await readNumbers(db, { ...key, zone, notes: row?.notes ?? "", now: by.at });
    if (!numbers) throw unknownMonth();
    if (numbers.to > by.at) throw lasts();
    if (inputs && !isSame(inputs, numbers.inputs)) throw moved();
    const frozen = frozenOf(numbers);
    requireSaved(await publishReview(db, by, { ...key, zone, seen, frozen }));
    return { hash: frozen.hash };
  },
);

function lasts(): RequestError {
  return new RequestError(409, "month-lasts", "This month still lasts; publish when it is over.");
}

function moved(): RequestError {
  return new RequestError(
    409,
    "numbers-changed",
    "The numbers have changed since you saw them; load the page anew, and look once more.",
  );
}

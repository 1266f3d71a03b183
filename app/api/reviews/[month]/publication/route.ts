import { frozenOf, isPublished } from "#app/_data/reviews/frozen.ts";
import { isSame } from "#app/_data/reviews/inputs.ts";
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
import { gapWords } from "#components/dora/gap-words.ts";
import type { ReviewNumbers } from "#components/reviews/view.ts";
import { store } from "#db/client.ts";
import { readReview } from "#db/reads/reviews.ts";
import { publishReview } from "#db/writes/reviews.ts";

/** Freezes a review of a month that is over, for ever. */
export const POST = guarded<MonthParams>(
  "POST /api/reviews/[month]/publication",
  async ({ request, params: { month }, by }) => {
    const { team, zone, seen, inputs, allTheSame } = await jsonBody(request, publishBody);
    const { db } = await store();
    const key = await enterReview(db, by, { month, team });
    const row = await readReview(db, key);
    if (isPublished(row)) requireSaved("published");
    const numbers = await readNumbers(db, { ...key, zone, notes: row?.notes ?? "", now: by.at });
    if (!numbers) throw unknownMonth();
    if (numbers.to > by.at) throw lasts();
    if (!isSame(inputs, numbers.inputs)) throw moved();
    const despiteGaps = numbers.gaps.length > 0;
    if (despiteGaps && !allTheSame) throw notKnown(numbers);
    const frozen = frozenOf({ ...numbers, despiteGaps });
    requireSaved(await publishReview(db, by, { ...key, zone, seen, frozen, despiteGaps }));
    return { hash: frozen.hash };
  },
);

function lasts(): RequestError {
  return new RequestError(409, "month-lasts", "This month still lasts; publish when it is over.");
}

function notKnown({ gaps, zone }: ReviewNumbers): RequestError {
  return new RequestError(
    409,
    "month-not-known",
    `Not all of this month is known. ${gapWords(gaps, zone).join(" ")} Wait until it is, or send allTheSame: true to publish what is known.`,
  );
}

function moved(): RequestError {
  return new RequestError(
    409,
    "numbers-changed",
    "The numbers have changed since you saw them; load the page anew, and look once more.",
  );
}

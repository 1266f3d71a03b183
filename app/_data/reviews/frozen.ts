import { z } from "zod";
import { differencesOf } from "#app/_data/reviews/differences.ts";
import { areSameFacts } from "#app/_data/reviews/inputs.ts";
import { renewed } from "#app/_data/reviews/older.ts";
import type { PublishedState, ReviewNumbers } from "#components/reviews/view.ts";
import type { ReviewRow } from "#db/reads/reviews.ts";
import { type FrozenReview, freezeReview, frozenHash } from "#lib/dora/review.ts";

/** What stands in the database for ever, of these numbers. */
export function frozenOf(numbers: ReviewNumbers): FrozenReview {
  return freezeReview(numbers, Object.values(numbers.inputs));
}

const text = z.string();
const things = z.array(z.looseObject({}));
const outline = z.looseObject({
  version: z.literal(2),
  ...{ month: text, team: text, zone: text, notes: text },
  ...{ from: z.number(), to: z.number(), readAt: z.number() },
  ...{ metrics: z.array(z.looseObject({ name: text })), slos: things },
  decisions: z.looseObject({ transitions: things, exceptions: things, owed: things }),
  ...{ incidents: things, spenders: things, actions: things, gaps: things },
  inputs: z.record(text, text),
});

/** We alone write them, by the type; what is checked is that they are of the form that we read. */
const stored = z.custom<ReviewNumbers>((value) => outline.safeParse(value).success);

/** A row that was published. */
export interface PublishedRow extends ReviewRow {
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly content: string;
  readonly hash: string;
}

export function isPublished(row: ReviewRow | null): row is PublishedRow {
  return row !== null && row.publishedAt !== null && row.content !== null && row.hash !== null;
}

/** The numbers as they were published. */
export function thaw({ content }: Pick<PublishedRow, "content">): ReviewNumbers {
  return stored.parse(renewed(JSON.parse(content)));
}

const inputsIn = z.looseObject({ version: z.number(), inputs: z.record(text, text) });

/** How a published review stands to what is known now. */
export function publishedState(row: PublishedRow, present: ReviewNumbers | null): PublishedState {
  const numbers = thaw(row);
  const { version, inputs } = inputsIn.parse(JSON.parse(row.content));
  const differences = present === null ? [] : differencesOf(numbers, present);
  // The hashes of older forms were of other things: only what they say can be compared.
  const areSame =
    present === null || (version === 2 ? areSameFacts(numbers.inputs, present.inputs) : null);
  return {
    ...{ at: row.publishedAt, by: row.publishedBy, hash: row.hash, corrections: row.notes },
    isIntact: frozenHash(row.content, Object.values(inputs)) === row.hash,
    hasChanged: areSame === null ? differences.length > 0 : !areSame,
    differences,
  };
}

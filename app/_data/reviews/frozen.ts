import { z } from "zod";
import { differencesOf } from "#app/_data/reviews/differences.ts";
import type { PublishedState, ReviewNumbers } from "#components/reviews/view.ts";
import type { ReviewRow } from "#db/reads/reviews.ts";
import { type FrozenReview, freezeReview } from "#lib/dora/review.ts";

/** What stands in the database for ever, of these numbers. */
export function frozenOf(numbers: ReviewNumbers): FrozenReview {
  return freezeReview(numbers, Object.values(numbers.inputs));
}

const text = z.string();
const outline = z.looseObject({
  version: z.literal(1),
  ...{ month: text, team: text, zone: text, notes: text },
  ...{ from: z.number(), to: z.number(), readAt: z.number() },
  ...{ metrics: z.array(z.looseObject({ name: text })), slos: z.array(z.looseObject({})) },
  transitions: z.array(z.looseObject({})),
  incidents: z.array(z.looseObject({})),
  spenders: z.array(z.looseObject({})),
  inputs: z.object({ delivery: text, slos: text }),
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
  return stored.parse(JSON.parse(content));
}

/** How a published review stands to what is known now. */
export function publishedState(row: PublishedRow, present: ReviewNumbers | null): PublishedState {
  const numbers = thaw(row);
  return {
    ...{ at: row.publishedAt, by: row.publishedBy, hash: row.hash, corrections: row.notes },
    isIntact: frozenOf(numbers).hash === row.hash,
    hasChanged: present !== null && !isSame(numbers.inputs, present.inputs),
    differences: present === null ? [] : differencesOf(numbers, present),
  };
}

/** Whether two sets of numbers are made of the same facts. */
export function isSame(a: ReviewNumbers["inputs"], b: ReviewNumbers["inputs"]): boolean {
  return a.delivery === b.delivery && a.slos === b.slos;
}

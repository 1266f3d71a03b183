import { z } from "zod";

/** No name is longer, or has characters that cannot be seen. */
const LONGEST_NAME = 80;
const LONGEST_EMAIL = 254;
const MOST_TEAMS = 100;

const text = z
  .string("must be text")
  .trim()
  .min(1, "must not be empty")
  .max(LONGEST_NAME, `must have at most ${LONGEST_NAME} characters`)
  .regex(/^\P{C}*$/u, "must not have control characters");

/** A team as SLO documents name it. */
export const teamName = text;

/** Whom to invite, and as what. */
export const inviteBody = z.strictObject({
  email: z
    .string("must be an e-mail address")
    .trim()
    .toLowerCase()
    .max(LONGEST_EMAIL, `must have at most ${LONGEST_EMAIL} characters`)
    .pipe(z.email("must be an e-mail address, such as ada@example.com")),
  name: text,
  admin: z.boolean("must be true or false").default(false),
  teams: z.array(teamName).max(MOST_TEAMS, `must be at most ${MOST_TEAMS} teams`).default([]),
});

/** What to change of a person's rights; at least one. */
export const roleBody = z
  .strictObject({
    admin: z.boolean("must be true or false").optional(),
    disabled: z.boolean("must be true or false").optional(),
  })
  .refine(({ admin, disabled }) => admin !== undefined || disabled !== undefined, {
    error: "must say admin or disabled",
  });

/** A link just made, which is shown this once. */
export const linkAnswer = z.object({
  email: z.string(),
  link: z.string(),
  /** Epoch ms. */
  expiresAt: z.number(),
});

export type LinkAnswer = z.output<typeof linkAnswer>;

/** It is done; the page says the rest. */
export const doneAnswer = z.object({ done: z.literal(true) });

export const DONE = { done: true } as const;

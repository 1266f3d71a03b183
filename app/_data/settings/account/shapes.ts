import { z } from "zod";

/** Whole characters, as better-auth counts them. */
export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 128;

const password = z.string("must be text").max(LONGEST_PASSWORD, "is longer than any password here");

/** The new one is held to the rule, the current one only has to be right. */
export const passwordBody = z.strictObject({
  current: password.min(1, "must not be empty"),
  next: password.min(SHORTEST_PASSWORD, `must have at least ${SHORTEST_PASSWORD} characters`),
});

/** How many sessions ended. */
export const endedAnswer = z.object({ ended: z.number() });

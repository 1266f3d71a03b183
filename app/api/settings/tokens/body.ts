import { z } from "zod";
import { SCOPES } from "#lib/access/actor.ts";

/** How long a token may last. */
export const LIFETIMES_DAYS = [30, 90, 365] as const;

/** Letters, digits, marks and blanks; no line ends or other control characters. */
const line = (longest: number) =>
  z
    .string("Write a text.")
    .trim()
    .min(1, "Write something.")
    .max(longest, `At most ${longest} characters.`)
    .regex(/^\P{C}*$/u, "One line, without control characters.");

/** What is asked for with a new token. */
export const newToken = z
  .strictObject(
    {
      name: line(60),
      scopes: z
        .array(z.enum(SCOPES, `A scope is one of ${SCOPES.join(", ")}.`), "List its scopes.")
        .min(1, "Choose at least one scope.")
        .transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope))),
      team: line(100).nullable(),
      days: z.literal([...LIFETIMES_DAYS], `Choose ${LIFETIMES_DAYS.join(", ")} days.`),
    },
    { error: ({ code }) => (code === "invalid_type" ? "Send an object." : undefined) },
  )
  .refine(({ scopes, team }) => team === null || !scopes.includes("admin"), {
    path: ["team"],
    error: "The scope admin is for all teams: choose no team, or leave admin out.",
  });

import { z } from "zod";
import { isZone } from "#lib/time/zone.ts";

/** What is sent about a monthly review. A team that is empty stands for all. */

const LONGEST_NOTES = 20_000;
const LONGEST_LINE = 500;

/** Lines and paragraphs, but no characters that cannot be seen. */
const prose = z
  .string("must be text")
  .max(LONGEST_NOTES, `must have at most ${LONGEST_NOTES} characters`)
  .regex(/^[\P{C}\n\r\t]*$/u, "must not have control characters")
  .transform((text) => text.replaceAll("\r\n", "\n"));

const line = z
  .string("must be text")
  .trim()
  .min(1, "must not be empty")
  .max(LONGEST_LINE, `must have at most ${LONGEST_LINE} characters`)
  .regex(/^\P{C}*$/u, "must be one line, without control characters");

const team = z.string("must be a team's name, or empty for all").max(80);
const zone = z
  .string("must be a time zone")
  .refine(isZone, "is no time zone; write one as Europe/Berlin");
const seen = z.int("must be the `updatedAt` that you saw, or null").nullable();
const owner = line.max(80, "must have at most 80 characters").nullable();
const due = z.iso.date("must be a day, such as 2026-04-30").nullable();

export const notesBody = z.strictObject({ team, zone, notes: prose, seen });

const hash = z.string().max(64);

export const publishBody = z.strictObject({
  team,
  zone,
  seen,
  /** Hashes of what the numbers that were looked at are made of: other ones are not published unseen. */
  inputs: z.strictObject(
    { delivery: hash, slos: hash, events: hash, actions: hash },
    { error: "must be the hashes that you saw: delivery, slos, events and actions" },
  ),
  /** Publishes a month of which something is missing, and says so in what is published. */
  allTheSame: z.boolean("must be true or false").default(false),
});

export const correctionBody = z.strictObject({
  team,
  text: z.string("must be text").trim().min(1, "must not be empty").max(2_000),
});

export const actionBody = z.strictObject({
  team,
  text: line,
  owner: owner.default(null),
  due: due.default(null),
});

export const actionChangeBody = z
  .strictObject({
    team,
    text: line.optional(),
    owner: owner.optional(),
    due: due.optional(),
    done: z.boolean("must be true or false").optional(),
  })
  .refine(({ team: _team, ...rest }) => Object.values(rest).some((one) => one !== undefined), {
    error: "must say what to change: text, owner, due or done",
  });

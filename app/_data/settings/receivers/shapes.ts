import { z } from "zod";
import { isNoticeKind } from "#lib/notices/kinds.ts";
import type { NoticeKind } from "#lib/notices/notice.ts";
import { RECEIVER_KINDS } from "#lib/notices/receiver.ts";
import { isZone } from "#lib/time/zone.ts";

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const time = z.string().regex(TIME, "Write a time of the day as 22:00.");

const quietHours = z
  .strictObject({
    zone: z.string().max(60).refine(isZone, "Write a time zone such as Europe/Berlin."),
    from: time,
    to: time,
  })
  .refine(({ from, to }) => from !== to, {
    path: ["to"],
    message: "Quiet hours need an end other than their beginning.",
  });

const kind = z.custom<NoticeKind>(
  (value) => typeof value === "string" && isNoticeKind(value),
  "There is no such kind of notice.",
);

const name = z.string().trim().min(1, "Give it a name.").max(60, "At most 60 characters.");
const url = z.string().trim().min(1, "Give the address.").max(2_000, "At most 2,000 characters.");
const team = z.string().min(1).max(200).nullable();
/** None: all of them. */
const kinds = z.array(kind).max(50);

/** A new receiver. */
export const receiverBody = z.strictObject({
  name,
  kind: z.enum(RECEIVER_KINDS, "Choose slack or webhook."),
  url,
  team,
  kinds: kinds.default([]),
  quietHours: quietHours.nullable().default(null),
});

/** What is to be changed; what is left out stays. */
export const receiverChange = z
  .strictObject({ name, url, team, kinds, quietHours: quietHours.nullable(), enabled: z.boolean() })
  .partial();

/** One delivery that was given up; null: all of the receiver's. */
export const replayBody = z.strictObject({
  delivery: z.int().positive().max(Number.MAX_SAFE_INTEGER).nullable(),
});

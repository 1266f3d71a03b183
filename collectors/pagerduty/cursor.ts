import { z } from "zod";

const cursorShape = z.object({
  /** Everything that was created before this has been listed once; epoch ms. */
  newestAt: z.number().nullable(),
  /** Everything created since then has been listed. */
  collectedFrom: z.number().nullable(),
  /** What each incident looked like, of those that are open or young: their logs are read when it changes. */
  seen: z.record(z.string(), z.object({ look: z.string(), open: z.boolean(), at: z.number() })),
});

export type PagerdutyCursor = z.infer<typeof cursorShape>;

/** A cursor of our own to change; that of a first run when there is none, or none that can be read. */
export function readCursor(saved: unknown): PagerdutyCursor {
  const parsed = cursorShape.safeParse(saved);
  if (!parsed.success) return { newestAt: null, collectedFrom: null, seen: {} };
  return { ...parsed.data, seen: { ...parsed.data.seen } };
}

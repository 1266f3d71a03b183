import { z } from "zod";

const cursorShape = z.object({
  /** Everything that was created before this has been listed once; epoch ms. */
  newestAt: z.number().nullable(),
  /** Everything created since then has been listed. */
  collectedFrom: z.number().nullable(),
  /** PagerDuty's service id → our service, of all that it goes for. */
  services: z.record(z.string(), z.string()).default({}),
  /** What each incident looked like, of those that are open or young: their logs are read when it changes. */
  seen: z.record(z.string(), z.object({ look: z.string(), open: z.boolean(), at: z.number() })),
});

export type PagerdutyCursor = z.infer<typeof cursorShape>;

/**
 * A cursor of our own to change; that of a first run when there is none, none that can be read, or one
 * of other services: of a new one nothing older was listed.
 */
export function readCursor(saved: unknown, services: PagerdutyCursor["services"]): PagerdutyCursor {
  const { data } = cursorShape.safeParse(saved);
  const isOfAll = Object.entries(services).every(([id, name]) => data?.services[id] === name);
  const { newestAt, collectedFrom } =
    data && isOfAll ? data : { newestAt: null, collectedFrom: null };
  return { newestAt, collectedFrom, services: { ...services }, seen: { ...data?.seen } };
}

import { z } from "zod";

/** What the server answers to changes of incidents; apart from the bodies, which a browser need not load. */

export const openAnswer = z.object({ id: z.string() });

export const editAnswer = z.object({ updatedAt: z.number() });

export const noteAnswer = z.object({ done: z.literal(true) });

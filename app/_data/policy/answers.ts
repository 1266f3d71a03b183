import { z } from "zod";

/** What the server answers to changes of exceptions and owed items; apart from the bodies, which a browser need not load. */

export const askAnswer = z.object({ id: z.int() });

export const doneAnswer = z.object({ done: z.literal(true) });

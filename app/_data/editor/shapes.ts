import { z } from "zod";

const MOST_CHARACTERS = 512 * 1024;

/** What a preview is asked with: the whole text, for its SLOs may refer to each other. */
export const previewBody = z.strictObject({
  text: z.string().max(MOST_CHARACTERS),
  /** The document in force that it is to replace: nothing of that one counts beside it. */
  file: z.string().max(1_000).nullable(),
  /** `service/name`. */
  slo: z.string().max(300),
  source: z.string().max(200).nullable(),
  reach: z.enum(["day", "window"]),
});

const metric = z
  .string()
  .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, "is no name of a metric")
  .max(300);

/** What completion asks with. Names are made of characters that mean nothing in a pattern. */
export const namesQuery = {
  source: z.string().max(200),
  kind: z.enum(["metrics", "labels", "values"]),
  part: z
    .string()
    .regex(/^[a-zA-Z0-9_:]*$/, "must be a part of a metric's name")
    .max(300)
    .optional(),
  metric: metric.optional(),
  label: z
    .string()
    .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, "is no name of a label")
    .max(300)
    .optional(),
};

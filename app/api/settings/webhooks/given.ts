import { z } from "zod";
import { jsonBody, rawBody } from "#app/api/body.ts";

const shape = z.strictObject({
  secret: z
    .string("Give the secret that the sender made.")
    .trim()
    .min(16, "A secret has at least 16 characters.")
    .max(256, "A secret has at most 256 characters.")
    .regex(/^[\x21-\x7e]*$/, "A secret has no spaces and no letters beyond ASCII."),
});

/** The secret that a sender made (PagerDuty makes its own); null when the body is empty and we make one. */
export async function givenSecret(request: Request): Promise<string | null> {
  const again = request.clone();
  if ((await rawBody(request)).length === 0) return null;
  return (await jsonBody(again, shape)).secret;
}

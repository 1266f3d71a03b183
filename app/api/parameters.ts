import { z } from "zod";
import { checked, NO_SUCH } from "#app/api/mistakes.ts";
import { RequestError } from "#app/api/respond.ts";

/** A moment: ISO 8601 with a zone, as epoch milliseconds. */
export const moment = z.iso
  .datetime({
    offset: true,
    error: "must be an ISO 8601 time with a zone, such as 2026-07-01T10:00:00Z",
  })
  .transform((text) => Date.parse(text));

/**
 * The query of a request by `shape`, every mistake at once. A parameter that the route does not know
 * is a mistake too: a misspelt filter must not silently show everything.
 */
export function parameters<Shape extends z.ZodRawShape>(
  request: Request,
  shape: Shape,
): z.output<z.ZodObject<Shape, z.core.$strict>> {
  const given = new URL(request.url).searchParams;
  const values: Record<string, string> = {};
  const twice = [...given.keys()].find((key, i, keys) => keys.indexOf(key) !== i);
  for (const [key, value] of given) values[key] = value;
  const { data, mistakes } = checked(z.strictObject(shape), values);
  const nul = [...given].find(([, value]) => value.includes("\0"))?.[0];
  if (!mistakes && !twice && !nul) return data;
  const details = (mistakes ?? []).map(({ field, message }) => ({
    field,
    message: message === NO_SUCH ? "no such parameter" : message,
  }));
  if (nul) details.push({ field: nul, message: "has the character NUL, which no name has" });
  if (twice) details.push({ field: twice, message: "is given twice" });
  throw new RequestError(
    400,
    "bad-parameter",
    "The query has parameters that cannot be used.",
    details,
  );
}

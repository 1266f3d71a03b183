import { z } from "zod";
import { ORIGIN } from "#app/api/settings/tokens/testing.ts";

/** For tests of routes: asking one, and what it refuses with. */

type Method = "POST" | "PUT" | "PATCH" | "DELETE";
type Handler<Params> = (
  request: Request,
  context: { params: Promise<Params> },
) => Promise<Response>;

interface Asking<Params> {
  readonly method: Method;
  readonly params: Params;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Calls a route's handler as its own pages would. */
export function ask<Params>(
  handler: Handler<Params>,
  { method, params, headers, body }: Asking<Params>,
): Promise<Response> {
  const sent =
    body === undefined
      ? { headers: { ...headers } }
      : {
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify(body),
        };
  const request = new Request(`${ORIGIN}/api/settings`, { method, ...sent });
  return handler(request, { params: Promise.resolve(params) });
}

const refusal = z.object({
  error: z.object({
    code: z.string(),
    message: z.string().regex(/[.…]$/),
    details: z.array(z.object({ field: z.string(), message: z.string() })),
  }),
});

/** Status, code and the fields at fault. */
export async function refused(response: Response): Promise<readonly [number, string, string]> {
  const { error } = refusal.parse(await response.json());
  return [response.status, error.code, error.details.map(({ field }) => field).join(" ")];
}

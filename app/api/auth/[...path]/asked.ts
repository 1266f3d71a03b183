import { z } from "zod";
import { jsonBody } from "#app/api/body.ts";
import { config } from "#config/current.ts";
import { safeNext } from "#lib/access/next.ts";

const LONGEST_EMAIL = 320;

const passwordBody = z.strictObject({
  email: z.string().max(LONGEST_EMAIL),
  password: z.string(),
});

const providerBody = z.strictObject({
  provider: z.string().max(100),
  /** The path to come back to. */
  next: z.string(),
});

export type ByPassword = z.output<typeof passwordBody>;

export function askedByPassword(request: Request): Promise<ByPassword> {
  return jsonBody(request, passwordBody);
}

/**
 * What better-auth is asked for a sign-in by a provider. It can do more (take an ID token that somebody
 * has got hold of, other scopes): nobody may ask it for that.
 */
export async function askedOfProvider(request: Request) {
  const { provider, next } = await jsonBody(request, providerBody);
  const { publicUrl } = config();
  const path = safeNext(next);
  return {
    provider,
    callbackURL: publicUrl + path,
    errorCallbackURL: `${publicUrl}/sign-in?next=${encodeURIComponent(path)}`,
    disableRedirect: true,
  };
}

import { createHmac, randomUUID } from "node:crypto";
import { ORIGIN } from "#app/api/settings/tokens/testing.ts";
import { POST as toAlertmanager } from "#app/api/webhooks/alertmanager/route.ts";
import { POST as toGithub } from "#app/api/webhooks/github/route.ts";
import { POST as toPagerduty } from "#app/api/webhooks/pagerduty/route.ts";
import { makeWebhookSecret, sealWebhookSecret } from "#auth/webhooks/secrets.ts";
import type { Store } from "#db/connection.ts";
import { readWebhookSecrets } from "#db/reads/webhooks.ts";
import type { SignedWebhook } from "#db/schema/index.ts";
import { createToken } from "#db/writes/tokens.ts";
import { createWebhookSecret, revokeWebhookSecret } from "#db/writes/webhooks.ts";
import { LOCAL, type Scope } from "#lib/access/actor.ts";
import { hashToken, tokenHint, tokenText } from "#lib/access/token.ts";
import { DAY } from "#lib/time/duration.ts";

/** For tests of webhooks: what senders do. */

const DOORS = { github: toGithub, pagerduty: toPagerduty, alertmanager: toAlertmanager };
type Headers = Readonly<Record<string, string>>;
type Body = string | Uint8Array<ArrayBuffer>;

/** Sends a body to one of the three doors. */
export function send(to: keyof typeof DOORS, body: Body, headers: Headers): Promise<Response> {
  const request = new Request(`${ORIGIN}/api/webhooks/${to}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  return DOORS[to](request, { params: Promise.resolve({}) });
}

export function digest(body: Body, secret: string, algorithm = "sha256"): string {
  return createHmac(algorithm, secret).update(body).digest("hex");
}

/** What GitHub sends along; `of` replaces or adds. */
export function fromGithub(body: Body, secret: string, of: Headers = {}): Headers {
  return {
    "user-agent": "GitHub-Hookshot/044aadd",
    "x-github-event": "deployment_status",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": `sha256=${digest(body, secret)}`,
    ...of,
  };
}

/** What PagerDuty sends along, signed with each of its secrets. */
export function fromPagerduty(body: Body, ...secrets: readonly string[]): Headers {
  const signatures = secrets.map((secret) => `v1=${digest(body, secret)}`);
  return { "x-pagerduty-signature": signatures.join(","), "x-webhook-id": randomUUID() };
}

const BY = { actor: LOCAL, address: null, at: 0 };

/** A secret made as the settings page makes it, told in clear. */
export async function secretFor({ db }: Store, source: SignedWebhook, key: string) {
  const text = makeWebhookSecret();
  const { id, sealed, hint } = sealWebhookSecret(text, key);
  const made = await createWebhookSecret(db, BY, { id, source, sealed, hint });
  if (!made) throw new Error("there are two secrets already");
  return { id, text, revoke: () => revokeWebhookSecret(db, BY, { source, id }) };
}

/** No secret lives any more. */
export async function revokeAll({ db }: Store): Promise<void> {
  for (const { id, source } of await readWebhookSecrets(db)) {
    await revokeWebhookSecret(db, BY, { source, id });
  }
}

/** Headers with a token that was made for this. */
export async function withToken(
  { db }: Store,
  { scopes, team }: { readonly scopes: readonly Scope[]; readonly team: string | null },
): Promise<Headers> {
  const text = tokenText(crypto.getRandomValues(new Uint8Array(32)));
  const id = randomUUID();
  const kept = { hash: hashToken(text), hint: tokenHint(text), expiresAt: Date.now() + DAY };
  await createToken(db, BY, { id, name: id, scopes, team, ...kept });
  return { authorization: `Bearer ${text}` };
}

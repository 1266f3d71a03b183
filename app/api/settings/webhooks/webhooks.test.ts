import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { DELETE } from "#app/api/settings/webhooks/[source]/secrets/[secret]/route.ts";
import { POST } from "#app/api/settings/webhooks/[source]/secrets/route.ts";
import { fromGithub, fromPagerduty, revokeAll, send } from "#app/api/webhooks/testing.ts";
import type { Store } from "#db/connection.ts";
import { readAudit } from "#db/reads/audit.ts";
import { readWebhookSecrets } from "#db/reads/webhooks.ts";
import { webhookSecrets } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";

const shown = z.strictObject({
  id: z.string(),
  source: z.enum(["github", "pagerduty"]),
  secret: z.string().regex(/^[\w-]{43}$/),
  hint: z.string().length(4),
  createdAt: z.number(),
});
const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

type Headers = Record<string, string>;
let store: Store;
let admin: Headers;
let editor: Headers;

beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  admin = await signedIn(store, { name: "Ada", admin: true });
  editor = await signedIn(store, { name: "Edna", editorOf: ["shop"] });
});
beforeEach(async () => {
  serveFrom(store);
  await revokeAll(store);
});
afterAll(async () => {
  release();
  await store.close();
});

function ask(headers: Headers, source: string, body?: string): Promise<Response> {
  const url = `${ORIGIN}/api/settings/webhooks/${source}/secrets`;
  const params = Promise.resolve({ source });
  const json = { "content-type": "application/json" };
  const sent = body === undefined ? { headers } : { headers: { ...headers, ...json }, body };
  return POST(new Request(url, { method: "POST", ...sent }), { params });
}

function revoke(headers: Headers, source: string, secret: string): Promise<Response> {
  const url = `${ORIGIN}/api/settings/webhooks/${source}/secrets/${secret}`;
  const params = Promise.resolve({ source, secret });
  return DELETE(new Request(url, { method: "DELETE", headers }), { params });
}

const make = async (source = "github") => shown.parse(await (await ask(admin, source)).json());
const codeOf = async (answer: Response) => [
  answer.status,
  refusal.parse(await answer.json()).error.code,
];

describe("making a secret", () => {
  test("shows it this once; what is kept is sealed, and it works", async () => {
    const answer = await ask(admin, "github");
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([201, "no-store"]);
    const { id, secret, hint } = shown.parse(await answer.json());
    expect(secret.endsWith(hint)).toBe(true);
    const rows = JSON.stringify([
      await store.db.select().from(webhookSecrets),
      await readAudit(store.db, {}, { limit: 100 }),
    ]);
    expect(rows).toContain(id);
    expect(rows).not.toContain(secret);
    expect((await send("github", "{}", fromGithub("{}", secret))).status).toBe(202);
  });

  test("is in the log, with who did it and from where", async () => {
    const { id, hint } = await make("pagerduty");
    await revoke(admin, "pagerduty", id);
    const log = await readAudit(store.db, { subject: "webhook:pagerduty" }, { limit: 2 });
    expect(log).toMatchObject([
      { action: "webhook-secret.revoked", actorName: "ada@example.org", before: { id, hint } },
      { action: "webhook-secret.created", address: "10.1.2.3", after: { id, hint } },
    ]);
  });

  test("gives two of a source, and says what to do for a third", async () => {
    const first = await make();
    const second = await make();
    expect(first.secret).not.toBe(second.secret);
    expect(await codeOf(await ask(admin, "github"))).toEqual([409, "too-many-secrets"]);
    expect((await ask(admin, "pagerduty")).status).toBe(201);
    expect((await revoke(admin, "github", first.id)).status).toBe(200);
    expect((await ask(admin, "github")).status).toBe(201);
  });

  test.each(["alertmanager", "gitlab", "", "__proto__", "GitHub"])(
    "there is none for %j",
    async (source) => {
      expect(await codeOf(await ask(admin, source))).toEqual([404, "not-found"]);
    },
  );
});

describe("keeping a secret that the sender made", () => {
  const THEIRS = "QmFzZTY0+secret/of=PagerDuty";

  test("does not tell it again, and it works", async () => {
    const answer = await ask(admin, "pagerduty", JSON.stringify({ secret: ` ${THEIRS}\n` }));
    expect([answer.status, await answer.json()]).toMatchObject([
      201,
      { secret: null, hint: "Duty", source: "pagerduty" },
    ]);
    const occurred_at = new Date().toISOString();
    const body = JSON.stringify({ event: { id: "E", event_type: "pagey.ping", occurred_at } });
    expect((await send("pagerduty", body, fromPagerduty(body, THEIRS))).status).toBe(202);
  });

  test.each([
    ["{}", 422],
    ['{"secret":"short"}', 422],
    ['{"secret":"a secret with spaces in it"}', 422],
    ['{"secret":"grüße-grüße-grüße"}', 422],
    [JSON.stringify({ secret: "x".repeat(257) }), 422],
    [JSON.stringify({ secret: THEIRS, more: 1 }), 422],
    ["secret=x", 400],
  ])("says what is wrong with %s, without repeating it", async (body, status) => {
    const answer = await ask(admin, "pagerduty", body);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(/grüße|short|xxx|PagerDuty"/);
    expect(await readWebhookSecrets(store.db)).toEqual([]);
  });
});

describe("revoking a secret", () => {
  test("ends it, once, and under its own source alone", async () => {
    const { id, secret } = await make();
    expect(await codeOf(await revoke(admin, "pagerduty", id))).toEqual([404, "not-found"]);
    expect((await revoke(admin, "github", id)).status).toBe(200);
    expect(await codeOf(await revoke(admin, "github", id))).toEqual([404, "not-found"]);
    await make();
    expect((await send("github", "{}", fromGithub("{}", secret))).status).toBe(401);
  });
});

test("only an admin makes and revokes them, from our own pages", async () => {
  const { id } = await make();
  const elsewhere = { ...admin, origin: "https://evil.example" };
  for (const [headers, status] of [
    [{ origin: ORIGIN }, 401],
    [editor, 403],
    [elsewhere, 403],
  ] as const) {
    expect((await ask(headers, "github")).status).toBe(status);
    expect((await revoke(headers, "github", id)).status).toBe(status);
  }
  expect((await readWebhookSecrets(store.db)).map((secret) => secret.id)).toEqual([id]);
});

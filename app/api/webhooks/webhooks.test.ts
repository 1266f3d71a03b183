import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import {
  digest,
  fromGithub,
  fromPagerduty,
  revokeAll,
  secretFor,
  send,
  withToken,
} from "#app/api/webhooks/testing.ts";
import { serverSecret } from "#auth/secret.ts";
import type { Store } from "#db/connection.ts";
import { readDeliveries, readWebhookSecrets } from "#db/reads/webhooks.ts";
import { webhookDeliveries } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { markProcessed } from "#db/writes/inbox.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const MEBIBYTE = 1024 * 1024;

let store: Store;
beforeAll(async () => {
  store = await testStore();
});
beforeEach(async () => {
  serveFrom(store);
  await revokeAll(store);
  await store.db.delete(webhookDeliveries);
});
afterAll(async () => {
  release();
  await store.close();
});

const secret = (source: "github" | "pagerduty") => secretFor(store, source, serverSecret());
const kept = () => readDeliveries(store.db);
const statusOf = async (answer: Promise<Response>) => (await answer).status;
const codeOf = async (answer: Promise<Response>) => {
  const given = await answer;
  const { error } = refusal.parse(await given.json());
  expect(error.message).not.toMatch(/\n|node_modules/);
  return [given.status, error.code];
};

describe("GitHub's door", () => {
  const BODY = '{"action":"created","deployment_status":{"id":1,"description":"läuft 🛶"}}';

  test("keeps what is signed, byte for byte, and answers 202", async () => {
    const { id, text } = await secret("github");
    const answer = await send("github", BODY, fromGithub(BODY, text));
    expect([answer.status, await answer.json()]).toEqual([202, { outcome: "stored" }]);
    const [row] = await store.db.select().from(webhookDeliveries);
    expect(row).toMatchObject({ source: "github", event: "deployment_status", body: BODY });
    expect(row).toMatchObject({ processedAt: null, error: null });
    const [used] = await readWebhookSecrets(store.db);
    expect(used).toMatchObject({ id, lastUsedAt: row?.receivedAt });
  });

  test("keeps a delivery once, however often and under whatever unsigned id it comes", async () => {
    const { text } = await secret("github");
    const headers = fromGithub(BODY, text);
    expect(await statusOf(send("github", BODY, headers))).toBe(202);
    const again = await send("github", BODY, headers);
    expect([again.status, await again.json()]).toEqual([200, { outcome: "already-received" }]);
    const disguised = fromGithub(BODY, text, { "x-github-event": "push" });
    expect(await statusOf(send("github", BODY, disguised))).toBe(200);
    expect(await kept()).toHaveLength(1);
  });

  test("takes a question of the gate's anew that could not be answered, and no other", async () => {
    const { text } = await secret("github");
    const asks = fromGithub(BODY, text, { "x-github-event": "deployment_protection_rule" });
    const again = () => statusOf(send("github", BODY, asks));
    expect([await again(), await again()]).toEqual([202, 200]);
    const [{ id } = { id: 0 }] = await kept();
    await markProcessed(store.db, [id], { at: 1 });
    expect(await again()).toBe(200);
    await markProcessed(store.db, [id], { at: 1, error: "could not be answered" });
    expect(await statusOf(send("github", BODY, fromGithub(BODY, text)))).toBe(200);
    expect([await again(), await again()]).toEqual([202, 200]);
    expect(await kept()).toMatchObject([{ id, processedAt: null, error: null }]);
  });

  test("of twenty arrivals at once, one is the first", async () => {
    const { text } = await secret("github");
    const headers = fromGithub(BODY, text);
    const all = await Promise.all(
      Array.from({ length: 20 }, () => statusOf(send("github", BODY, headers))),
    );
    expect(all.filter((status) => status === 202)).toHaveLength(1);
    expect(all.filter((status) => status === 200)).toHaveLength(19);
    expect(await kept()).toHaveLength(1);
  });

  test("keeps the same in whatever order they arrive", async () => {
    const { text } = await secret("github");
    const bodies = [1, 2, 3].map((id) => `{"deployment":{"id":${id}}}`);
    const orders = [bodies, bodies.toReversed(), [...bodies.slice(1), ...bodies]];
    const outcomes: string[][] = [];
    for (const order of orders) {
      await store.db.delete(webhookDeliveries);
      for (const body of order) await send("github", body, fromGithub(body, text));
      const rows = await store.db.select().from(webhookDeliveries);
      outcomes.push(rows.map(({ deliveryId, body }) => `${deliveryId} ${body}`).sort());
    }
    expect(outcomes[0]).toHaveLength(3);
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  });

  test("takes either of two live secrets, and not the old one after it was revoked", async () => {
    const [old, next] = [await secret("github"), await secret("github")];
    const from = (text: string, id: number) => {
      const body = `{"id":${id}}`;
      return statusOf(send("github", body, fromGithub(body, text)));
    };
    expect([await from(old.text, 1), await from(next.text, 2)]).toEqual([202, 202]);
    await old.revoke();
    expect([await from(old.text, 3), await from(next.text, 4)]).toEqual([401, 202]);
    expect(await kept()).toHaveLength(3);
  });

  const forged: [string, (secret: string) => { body?: string; headers: Record<string, string> }][] =
    [
      ["unsigned", () => ({ headers: { "x-hub-signature-256": "" } })],
      ["signed with another secret", () => ({ headers: sign(BODY, "guess") })],
      ["signed with an empty secret", () => ({ headers: sign(BODY, "") })],
      ["signed over another body", (text) => ({ headers: sign(`${BODY} `, text) })],
      ["cut short on its way", (text) => ({ body: BODY.slice(0, -1), headers: sign(BODY, text) })],
      ["emptied on its way", (text) => ({ body: "", headers: sign(BODY, text) })],
      ["lengthened on its way", (text) => ({ body: `${BODY}\n`, headers: sign(BODY, text) })],
      [
        "signed with SHA-1",
        (text) => ({
          headers: {
            "x-hub-signature": `sha1=${digest(BODY, text, "sha1")}`,
            "x-hub-signature-256": `sha1=${digest(BODY, text, "sha1")}`,
          },
        }),
      ],
      ["signed as SHA-512", (text) => ({ headers: sign(BODY, text, "sha512") })],
      [
        "signed in PagerDuty's way",
        (text) => ({ headers: { "x-hub-signature-256": `v1=${digest(BODY, text)}` } }),
      ],
      [
        "signed with half a digest",
        (text) => ({
          headers: { "x-hub-signature-256": `sha256=${digest(BODY, text).slice(32)}` },
        }),
      ],
      [
        "signed with the digest of another letter case",
        (text) => ({
          headers: { "x-hub-signature-256": `sha256=${digest(BODY, text).toUpperCase()}` },
        }),
      ],
    ];
  const sign = (body: string, text: string, algorithm = "sha256") => ({
    "x-hub-signature-256": `${algorithm}=${digest(body, text, algorithm)}`,
  });

  test.each(forged)("refuses what is %s, and keeps nothing of it", async (_, forge) => {
    const { text } = await secret("github");
    const { body = BODY, headers } = forge(text);
    expect(await codeOf(send("github", body, { ...fromGithub(BODY, text), ...headers }))).toEqual([
      401,
      "bad-signature",
    ]);
    expect(await kept()).toEqual([]);
    expect((await readWebhookSecrets(store.db))[0]?.lastUsedAt).toBeNull();
  });

  test("refuses PagerDuty's secret", async () => {
    await secret("github");
    const { text } = await secret("pagerduty");
    expect(await statusOf(send("github", BODY, fromGithub(BODY, text)))).toBe(401);
  });

  test("says what is wrong with headers and bodies that are signed", async () => {
    const { text } = await secret("github");
    const wrong = async (body: string | Uint8Array<ArrayBuffer>, of = {}) =>
      codeOf(send("github", body, fromGithub(body, text, of)));
    expect(await wrong(BODY, { "x-github-event": "" })).toEqual([400, "bad-header"]);
    expect(await wrong(BODY, { "x-github-event": "a b" })).toEqual([400, "bad-header"]);
    expect(await wrong(BODY, { "x-github-delivery": "" })).toEqual([400, "bad-header"]);
    expect(await wrong(BODY, { "x-github-delivery": "x".repeat(101) })).toEqual([
      400,
      "bad-header",
    ]);
    expect(await wrong("")).toEqual([400, "bad-json"]);
    expect(await wrong("payload=%7B%7D")).toEqual([400, "bad-json"]);
    expect(await wrong('{"a":"\0"}')).toEqual([400, "bad-json"]);
    expect(await wrong("\ufeff{}")).toEqual([400, "bad-json"]);
    expect(await wrong(Buffer.from('{"a":"\xff"}', "latin1"))).toEqual([400, "bad-json"]);
    expect(await wrong("[".repeat(100_000))).toEqual([400, "bad-json"]);
    expect(await wrong("[]")).toEqual([400, "bad-body"]);
    expect(await wrong("null")).toEqual([400, "bad-body"]);
    expect(await kept()).toEqual([]);
  });

  test.each(['{"a":"\\u0000\\ud800"}', '{"__proto__":{"admin":true}}', '{"grüße":"🛶 \\u2028"}'])(
    "keeps %j as it came",
    async (body) => {
      const { text } = await secret("github");
      expect(await statusOf(send("github", body, fromGithub(body, text)))).toBe(202);
      expect((await store.db.select().from(webhookDeliveries))[0]?.body).toBe(body);
    },
  );

  test("takes 5 MiB and not a byte more", async () => {
    const { text } = await secret("github");
    const of = (bytes: number) => `{"a":"${"x".repeat(bytes - 8)}"}`;
    const [most, more] = [of(5 * MEBIBYTE), of(5 * MEBIBYTE + 1)];
    expect(await statusOf(send("github", most, fromGithub(most, text)))).toBe(202);
    expect(await codeOf(send("github", more, fromGithub(more, text)))).toEqual([413, "too-large"]);
    expect((await kept()).map(({ bytes }) => bytes)).toEqual([5 * MEBIBYTE]);
  });

  test("says where to make a secret while there is none, and once the server's own has changed", async () => {
    expect(await codeOf(send("github", BODY, fromGithub(BODY, "guess")))).toEqual([
      503,
      "no-secret",
    ]);
    const { text } = await secret("github");
    serveFrom(store, { secret: "another secret of the server, as long" });
    const closed = await send("github", BODY, fromGithub(BODY, text));
    expect(closed.status).toBe(503);
    expect(refusal.parse(await closed.json()).error.message).toMatch(
      /^Nothing from GitHub can be checked: its secrets were sealed with another PLIMSOLL_SECRET;/,
    );
    serveFrom(store);
    expect(await statusOf(send("github", BODY, fromGithub(BODY, text)))).toBe(202);
  });
});

test("a secret that cannot be opened is in the log once, however often it is tried", async () => {
  const lines: string[] = [];
  const KEY = Symbol.for("plimsoll.log");
  const holder = globalThis as { [KEY]?: unknown };
  const before = holder[KEY];
  holder[KEY] = pino({}, { write: (line) => lines.push(line) });
  const { id, text } = await secretFor(store, "github", "another secret of the server, as long");
  for (let i = 0; i < 3; i++) await send("github", "{}", fromGithub("{}", text));
  holder[KEY] = before;
  const told = lines.filter((line) => line.includes(id));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/PLIMSOLL_SECRET is another now/);
  expect(lines.join()).not.toContain(text);
});

describe("PagerDuty's door", () => {
  const eventOf = (of: object = {}) =>
    JSON.stringify({
      event: {
        id: "01CH754SM17TWPE2V2H4VPBRO7",
        event_type: "incident.triggered",
        resource_type: "incident",
        occurred_at: new Date().toISOString(),
        data: { id: "PGR0VU2", type: "incident", title: "Überlauf" },
        ...of,
      },
    });

  test("keeps an event once, by the id that is signed", async () => {
    const { text } = await secret("pagerduty");
    const body = eventOf();
    expect(await statusOf(send("pagerduty", body, fromPagerduty(body, text)))).toBe(202);
    expect(await statusOf(send("pagerduty", body, fromPagerduty(body, text)))).toBe(200);
    const retold = eventOf({ data: null });
    expect(await statusOf(send("pagerduty", retold, fromPagerduty(retold, text)))).toBe(200);
    expect(await kept()).toMatchObject([
      { deliveryId: "01CH754SM17TWPE2V2H4VPBRO7", event: "incident.triggered" },
    ]);
  });

  test("takes any of several signatures, by either live secret, while they change", async () => {
    const [old, next] = [await secret("pagerduty"), await secret("pagerduty")];
    const from = (id: string, ...texts: string[]) => {
      const body = eventOf({ id });
      return statusOf(send("pagerduty", body, fromPagerduty(body, ...texts)));
    };
    expect(await from("1", "theirs", next.text)).toBe(202);
    expect(await from("2", old.text, "theirs")).toBe(202);
    await old.revoke();
    expect(await from("3", old.text)).toBe(401);
    expect(await from("4", old.text, next.text)).toBe(202);
    expect(await from("5", "theirs", "guess")).toBe(401);
    expect(await from("6", ...Array(20).fill(next.text))).toBe(401);
    expect((await kept()).map(({ deliveryId }) => deliveryId).sort()).toEqual(["1", "2", "4"]);
  });

  test.each([
    ["unsigned", ""],
    ["signed in another version", "v0="],
    ["signed in GitHub's way", "sha256="],
  ])("refuses what is %s", async (_, scheme) => {
    const { text } = await secret("pagerduty");
    const body = eventOf();
    const signature = scheme && scheme + digest(body, text);
    const headers = { "x-pagerduty-signature": signature };
    expect(await codeOf(send("pagerduty", body, headers))).toEqual([401, "bad-signature"]);
  });

  test.each([
    ["now", 0, 202],
    ["almost seven days ago", -(7 * DAY - MINUTE), 202],
    ["more than seven days ago", -(7 * DAY + MINUTE), 400],
    ["a year ago", -365 * DAY, 400],
    ["by a clock that is a little ahead", 4 * MINUTE, 202],
    ["in an hour", 60 * MINUTE, 400],
  ])("what occurred %s", async (_, fromNow, status) => {
    const { text } = await secret("pagerduty");
    const body = eventOf({ occurred_at: new Date(Date.now() + fromNow).toISOString() });
    expect(await statusOf(send("pagerduty", body, fromPagerduty(body, text)))).toBe(status);
  });

  test.each(["{}", '{"event":null}', "[]", eventOf({ id: "" }), eventOf({ id: "a\nb" })])(
    "says that %s is no event",
    async (body) => {
      const { text } = await secret("pagerduty");
      expect(await codeOf(send("pagerduty", body, fromPagerduty(body, text)))).toEqual([
        400,
        "bad-body",
      ]);
    },
  );

  test.each(["yesterday", "", null, 1_700_000_000, "2026-13-01T00:00:00Z"])(
    "says that %j is no time",
    async (time) => {
      const { text } = await secret("pagerduty");
      const body = eventOf({ occurred_at: time });
      expect(await statusOf(send("pagerduty", body, fromPagerduty(body, text)))).toBe(400);
    },
  );
});

describe("Alertmanager's door", () => {
  const fixture = (name: string) =>
    readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8");
  const GROUP = fixture("alertmanager-payload.json");
  const FIRST = fixture("alertmanager-payload-first-firing.json");
  const ingest = (team: string | null = null) => withToken(store, { scopes: ["ingest"], team });

  test("keeps what a real Alertmanager sends, each body once", async () => {
    const headers = await ingest();
    for (const body of [GROUP, FIRST]) {
      expect(await statusOf(send("alertmanager", body, headers))).toBe(202);
      expect(await statusOf(send("alertmanager", body, headers))).toBe(200);
    }
    const rows = await store.db.select().from(webhookDeliveries);
    expect(rows.map(({ body }) => body)).toEqual([GROUP, FIRST]);
    expect(rows.map(({ event }) => event)).toEqual(["firing", "firing"]);
  });

  test("asks for a token that may hand in, for all teams", async () => {
    const as = async (scopes: Parameters<typeof withToken>[1]["scopes"]) =>
      statusOf(send("alertmanager", GROUP, await withToken(store, { scopes, team: null })));
    const stranger = { authorization: "Bearer x" };
    expect([401, 403]).toContain(await statusOf(send("alertmanager", GROUP, {})));
    expect([401, 403]).toContain(await statusOf(send("alertmanager", GROUP, stranger)));
    expect(await as(["read", "gate"])).toBe(403);
    const ofTeam = await ingest("shop");
    expect(await codeOf(send("alertmanager", GROUP, ofTeam))).toEqual([403, "forbidden"]);
    const editor = await signedIn(store, { name: "Edna", editorOf: ["shop"] });
    expect(await statusOf(send("alertmanager", GROUP, editor))).toBe(403);
    expect(await kept()).toEqual([]);
    expect([await as(["write"]), await as(["admin"])]).toEqual([202, 200]);
  });

  test.each([
    GROUP.replace(/"startsAt":"[^"]*"/, '"startsAt":"now"'),
    GROUP.replace(/"fingerprint":"[^"]*"/, '"fingerprint":""'),
    GROUP.replace('"alerts":[', '"alerts":[null,'),
  ])("keeps what holds an alert that cannot be read: the others are not lost", async (body) => {
    expect(await statusOf(send("alertmanager", body, await ingest()))).toBe(202);
    expect((await store.db.select().from(webhookDeliveries)).map((row) => row.body)).toEqual([
      body,
    ]);
  });

  test("takes no token from the address", async () => {
    const { authorization = "" } = await ingest();
    const token = authorization.replace("Bearer ", "");
    const request = new Request(`https://x.example/?token=${token}`, {
      method: "POST",
      body: GROUP,
    });
    const { POST } = await import("#app/api/webhooks/alertmanager/route.ts");
    const answer = await POST(request, { params: Promise.resolve({}) });
    expect([401, 403]).toContain(answer.status);
    expect(await kept()).toEqual([]);
  });

  test.each([
    ["{}", "bad-body"],
    ["", "bad-json"],
    ["not json", "bad-json"],
    [GROUP.replace('"version":"4"', '"version":"3"'), "bad-body"],
    [GROUP.replace('"version":"4"', '"version":4'), "bad-body"],
    [GROUP.replace('"status":"firing"', '"status":"unsure"'), "bad-body"],
    [GROUP.replace('"groupKey"', '"group"'), "bad-body"],
    [GROUP.replace('"alerts":[', '"alerts":{},"others":['), "bad-body"],
    [GROUP.slice(0, 400), "bad-json"],
  ])("says what is wrong with %s", async (body, code) => {
    expect(await codeOf(send("alertmanager", body, await ingest()))).toEqual([400, code]);
    expect(await kept()).toEqual([]);
  });
});

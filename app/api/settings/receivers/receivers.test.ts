import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { PATCH } from "#app/api/settings/receivers/[receiver]/route.ts";
import { POST as TEST } from "#app/api/settings/receivers/[receiver]/test/route.ts";
import { POST } from "#app/api/settings/receivers/route.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import type { Store } from "#db/connection.ts";
import { readAudit } from "#db/reads/audit.ts";
import { readReceiver } from "#db/reads/receivers.ts";
import { receivers } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";

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
beforeEach(() => serveFrom(store));
afterAll(async () => {
  release();
  await store.close();
});

const PATH = `${ORIGIN}/api/settings/receivers`;
const HOOK = "https://hooks.example/services/s3cret";

function asked(headers: Headers, method: string, body?: object): RequestInit {
  const json = { ...headers, "content-type": "application/json" };
  return { method, headers: json, ...(body && { body: JSON.stringify(body) }) };
}
const add = (headers: Headers, of: object = {}) => {
  const body = { name: "shop channel", kind: "webhook", url: HOOK, team: "shop", ...of };
  return POST(new Request(PATH, asked(headers, "POST", body)), { params: Promise.resolve({}) });
};
const change = (headers: Headers, receiver: string, body: object) =>
  PATCH(new Request(`${PATH}/${receiver}`, asked(headers, "PATCH", body)), {
    params: Promise.resolve({ receiver }),
  });
const made = z.object({ id: z.string(), secret: z.string().nullable() });
const refusal = z.object({
  error: z.object({
    code: z.string(),
    details: z.array(z.object({ field: z.string(), message: z.string() })),
  }),
});
const fieldsOf = async (answer: Response) => {
  const { error } = refusal.parse(await answer.json());
  return [answer.status, ...error.details.map(({ field }) => field)];
};

test("an editor adds one for their team; its secret is told once, and nothing is kept as it is", async () => {
  const answer = await add(editor);
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([201, "no-store"]);
  const { id, secret } = made.parse(await answer.json());
  expect(secret).toMatch(/^whsec_/);
  const kept = JSON.stringify([
    await store.db.select().from(receivers),
    await readAudit(store.db, {}, { limit: 100 }),
  ]);
  expect(kept).toContain(id);
  expect(kept).not.toContain("s3cret");
  expect(kept).not.toContain(secret);
});

test("one that hears of all teams, or of another team, is not an editor's", async () => {
  expect((await add(editor, { team: null })).status).toBe(403);
  expect((await add(editor, { team: "web" })).status).toBe(403);
  const { id } = made.parse(await (await add(editor)).json());
  expect((await change(editor, id, { team: null })).status).toBe(403);
  const { id: all } = made.parse(await (await add(admin, { team: null })).json());
  expect((await change(editor, all, { name: "mine" })).status).toBe(403);
  expect((await change(editor, all, { team: "shop" })).status).toBe(403);
  expect(await readReceiver(store.db, id)).toMatchObject({ team: "shop" });
});

test.each<[string, object, string]>([
  ["an address that is none", { url: "hooks.example" }, "url"],
  ["a private address", { url: "http://10.0.0.1/hook" }, "url"],
  ["a metadata service", { url: "http://169.254.169.254/latest" }, "url"],
  ["credentials in the address", { url: "https://me:pw@hooks.example" }, "url"],
  ["no name", { name: " " }, "name"],
  ["a kind that there is not", { kind: "mail" }, "kind"],
  ["a notice that there is not", { kinds: ["owed", "lunch"] }, "kinds.1"],
  ["a zone", { quietHours: { zone: "Mars", from: "22:00", to: "07:00" } }, "quietHours.zone"],
  ["half of the hours", { quietHours: { zone: "UTC", from: "22:00", to: "" } }, "quietHours.to"],
  ["no length", { quietHours: { zone: "UTC", from: "22:00", to: "22:00" } }, "quietHours.to"],
])("%s is told at its field", async (_, wrong, field) => {
  expect(await fieldsOf(await add(admin, wrong))).toEqual([422, field]);
});

test("it is changed, switched off and on, and each is in the log", async () => {
  const { id } = made.parse(await (await add(editor, { name: "changed" })).json());
  const quietHours = { zone: "Europe/Berlin", from: "22:00", to: "07:00" };
  const url = "https://other.example:8443/x";
  expect((await change(editor, id, { quietHours, url, kinds: ["owed"] })).status).toBe(200);
  expect(await readReceiver(store.db, id)).toMatchObject({
    ...{ name: "changed", host: "other.example:8443", kinds: ["owed"], quietHours },
  });
  await change(editor, id, { enabled: false });
  expect(await readReceiver(store.db, id)).toMatchObject({ disabledReason: "by hand" });
  await change(editor, id, { enabled: true });
  expect(await readReceiver(store.db, id)).toMatchObject({ disabledAt: null });
  const log = await readAudit(store.db, { subject: "receiver:changed" }, { limit: 10 });
  expect(log.map(({ action }) => action)).toEqual([
    "receiver.enabled",
    "receiver.disabled",
    "receiver.changed",
    "receiver.created",
  ]);
  expect(await fieldsOf(await change(editor, id, { url: "ftp://x.example" }))).toEqual([
    422,
    "url",
  ]);
});

test("a test that may not be sent says why, without the address", async () => {
  const url = "https://localhost/services/s3cret";
  const { id } = made.parse(await (await add(editor, { name: "tested", url })).json());
  const request = new Request(`${PATH}/${id}/test`, asked(editor, "POST"));
  const answer = await TEST(request, { params: Promise.resolve({ receiver: id }) });
  const said = await answer.json();
  expect(said).toEqual({
    arrived: false,
    said: expect.stringContaining("its address is loopback"),
  });
  const [entry] = await readAudit(store.db, { subject: "receiver:tested" }, { limit: 1 });
  expect(entry).toMatchObject({ action: "receiver.tested", after: { said: said.said } });
});

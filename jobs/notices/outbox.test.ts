import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { readAudit } from "#db/reads/audit.ts";
import { readNoticeDeliveries } from "#db/reads/notices.ts";
import { readReceiver } from "#db/reads/receivers.ts";
import { testStore } from "#db/testing.ts";
import { writeNotices } from "#db/writes/notices.ts";
import { LEASE_MS, takeDue } from "#db/writes/outboxTake.ts";
import { changeReceiver, removeReceiver } from "#db/writes/receivers.ts";
import {
  type Answering,
  addReceiver,
  noticeOf,
  outboxOf,
  SECRET,
  startReceiver,
  type TestReceiver,
} from "#jobs/notices/testing.ts";
import { SYSTEM } from "#lib/access/actor.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

let store: Store;
let now = 0;
const clock = () => now;
const made: { readonly id: string; readonly receiver: TestReceiver }[] = [];

beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());
// Each test has the outbox to itself.
afterEach(async () => {
  for (const { id, receiver } of made.splice(0)) {
    await removeReceiver(store.db, { actor: SYSTEM, address: null, at: 0 }, id);
    await receiver[Symbol.asyncDispose]();
  }
});

let count = 0;
async function receiverOf(
  answering?: Answering,
  of: Partial<Parameters<typeof addReceiver>[1]> = {},
) {
  now = Date.UTC(2026, 0, 1, 12);
  const receiver = await startReceiver(answering);
  const id = `receiver-${++count}`;
  made.push({ id, receiver });
  await addReceiver(store.db, { id, sealedUrl: receiver.url, ...of });
  return { id, receiver };
}
const tell = (...keys: string[]) =>
  writeNotices(
    store.db,
    keys.map((key) => noticeOf(`${count} ${key}`, { at: now })),
  );
const deliveriesOf = (receiverId: string) => readNoticeDeliveries(store.db, { receiverId }, 1_000);
const states = async (id: string) =>
  (await deliveriesOf(id)).map(({ state, attempts }) => `${state} ${attempts}`);

test("a notice arrives once, signed so that the library of Standard Webhooks takes it", async () => {
  const { id, receiver } = await receiverOf();
  now = Date.now();
  await tell("once");
  const outbox = outboxOf(store.db, clock);
  await outbox.drain();
  await outbox.drain();
  expect(receiver.arrived).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: "" }] = receiver.arrived;
  const given = Object.fromEntries(
    ["webhook-id", "webhook-timestamp", "webhook-signature"].map((h) => [h, String(headers[h])]),
  );
  expect(new Webhook(SECRET).verify(body, given)).toMatchObject({
    type: "alert.opened",
    data: { service: "shop", slo: "checkout", link: expect.stringContaining("/alert?slo=shop") },
  });
  expect(() => new Webhook(SECRET).verify(`${body} `, given)).toThrow(/signature/i);
  const [delivery] = await deliveriesOf(id);
  expect(delivery).toMatchObject({ state: "delivered", attempts: 1, lastStatus: 200 });
});

test("a failing receiver is tried twelve times over a day with the same id, then given up", async () => {
  const { id, receiver } = await receiverOf({ status: 500, body: "out of\norder" });
  await tell("failing");
  const outbox = outboxOf(store.db, clock);
  const waits: number[] = [];
  for (let last = now; waits.length < 20; last = now) {
    await outbox.drain();
    const [delivery] = await deliveriesOf(id);
    if (delivery?.state !== "pending") break;
    expect(delivery.lastError).toBe("answered 500: out of order");
    now = delivery.nextAt - 1;
    await outbox.drain();
    now = delivery.nextAt;
    waits.push(now - last);
  }
  expect(receiver.arrived).toHaveLength(12);
  expect(waits).toHaveLength(11);
  expect(waits[0]).toBe(10_000);
  expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThan(20 * HOUR);
  expect(new Set(receiver.arrived.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(await states(id)).toEqual(["dead 12"]);
});

test.each<[Answering, string[], number]>([
  [{ status: 204 }, ["delivered 1"], 1],
  [{ status: 400 }, ["dead 1"], 1],
  [{ status: 404, body: "no_service" }, ["dead 1"], 1],
  [{ status: 408 }, ["pending 1"], 1],
  [{ status: 503 }, ["pending 1"], 1],
  [{ status: 302, headers: { location: "http://169.254.169.254/" } }, ["pending 1"], 1],
])("an answer of %j makes it %j", async (answering, expected, requests) => {
  const { id, receiver } = await receiverOf(answering);
  await tell("answered");
  await outboxOf(store.db, clock).drain();
  expect(await states(id)).toEqual(expected);
  expect(receiver.arrived).toHaveLength(requests);
});

test("429 rests the whole receiver for as long as it asks", async () => {
  const { id, receiver } = await receiverOf({ status: 429, headers: { "retry-after": "3600" } });
  await tell("first", "second", "third");
  const outbox = outboxOf(store.db, clock);
  await outbox.drain();
  expect(receiver.arrived).toHaveLength(1);
  now += HOUR - 1;
  await outbox.drain();
  expect(receiver.arrived).toHaveLength(1);
  receiver.answering = { status: 200 };
  now += 1;
  await outbox.drain();
  expect(await states(id)).toEqual(["delivered 1", "delivered 1", "delivered 2"]);
});

test("410 switches the receiver off with the reason, and gives up what waits for it", async () => {
  const { id, receiver } = await receiverOf({ status: 410, body: "moved away" });
  await tell("first", "second");
  await outboxOf(store.db, clock).drain();
  expect(receiver.arrived).toHaveLength(1);
  expect(await states(id)).toEqual(["dead 0", "dead 1"]);
  const off = await readReceiver(store.db, id);
  expect(off).toMatchObject({ disabledAt: now, disabledReason: "answered 410: moved away" });
  const log = await readAudit(store.db, { subject: `receiver:${id}` }, { limit: 5 });
  expect(log[0]).toMatchObject({
    action: "receiver.disabled",
    after: off && { reason: off.disabledReason },
  });
  await tell("later");
  expect(await deliveriesOf(id)).toHaveLength(2);
});

test("a receiver that hangs is asked one at a time, and holds up no other", async () => {
  const hanging = await receiverOf("hangs");
  const good = await receiverOf();
  await tell("a", "b", "c", "d", "e");
  const outbox = outboxOf(store.db, clock, 1_000);
  await outbox.look();
  await good.receiver.until(5);
  expect(hanging.receiver.arrived.length).toBeLessThan(5);
  hanging.receiver.answering = { status: 200 };
  await outbox.drain();
  expect([hanging, good].map(({ receiver }) => receiver.mostAtOnce())).toEqual([1, 1]);
  expect(new Set(await states(good.id))).toEqual(new Set(["delivered 1"]));
  expect((await states(hanging.id)).at(-1)).toBe("pending 1");
});

test("two outboxes over one database send each notice once, one at a time, in order", async () => {
  const { id, receiver } = await receiverOf();
  await tell(...Array.from({ length: 40 }, (_, i) => `n${i}`));
  const both = [outboxOf(store.db, clock), outboxOf(store.db, clock)];
  for (let rounds = 0; rounds < 50 && receiver.arrived.length < 40; rounds++) {
    await Promise.all(both.map((outbox) => outbox.drain()));
  }
  const ids = receiver.arrived.map(({ headers }) =>
    Number(/_(\d+)$/.exec(String(headers["webhook-id"]))?.[1]),
  );
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(new Set(ids).size).toBe(40);
  expect(ids).toHaveLength(40);
  expect(receiver.mostAtOnce()).toBe(1);
  expect(new Set(await states(id))).toEqual(new Set(["delivered 1"]));
});

test("what a sender that died held is sent again when its lease is over, not before", async () => {
  const { id, receiver } = await receiverOf();
  await tell("held");
  const [parcel] = await takeDue(store.db, now, 8);
  expect(parcel?.deliveries).toHaveLength(1);
  const outbox = outboxOf(store.db, clock);
  now += LEASE_MS - 1;
  await outbox.drain();
  expect(receiver.arrived).toHaveLength(0);
  now += 1;
  await outbox.drain();
  expect(receiver.arrived).toHaveLength(1);
  expect(await states(id)).toEqual(["delivered 2"]);
});

test("more than twenty for one Slack receiver are told in one message, twenty in one each", async () => {
  const { id, receiver } = await receiverOf({ status: 200 }, { kind: "slack" });
  const outbox = outboxOf(store.db, clock);
  await tell(...Array.from({ length: 20 }, (_, i) => `few ${i}`));
  await outbox.drain();
  expect(receiver.arrived).toHaveLength(20);
  await tell(...Array.from({ length: 25 }, (_, i) => `many ${i}`));
  await outbox.drain();
  expect(receiver.arrived).toHaveLength(21);
  const { text } = JSON.parse(receiver.arrived.at(-1)?.body ?? "");
  expect(text).toMatch(/^\*25 notices\*/);
  expect(text).toMatch(/and 5 more$/);
  expect(new Set(await states(id))).toEqual(new Set(["delivered 1"]));
  expect(await deliveriesOf(id)).toHaveLength(45);
});

test("in one message about many, pages and freezes come first, each kind in its order", async () => {
  const { receiver } = await receiverOf({ status: 200 }, { kind: "slack" });
  const ticket = (i: number) => noticeOf(`calm ${i}`, { severity: "ticket", service: `calm${i}` });
  const calm = Array.from({ length: 30 }, (_, i) => ticket(i));
  const pages = ["first", "second"].map((service) => noticeOf(`urgent ${service}`, { service }));
  await writeNotices(store.db, [...calm, ...pages]);
  await outboxOf(store.db, clock).drain();
  const { text } = JSON.parse(receiver.arrived[0]?.body ?? "{}");
  const named = [...String(text).matchAll(/\|([a-z0-9]+)\//g)].map(([, service]) => service);
  expect(named.slice(0, 4)).toEqual(["first", "second", "calm0", "calm1"]);
});

test("a receiver that repeats the address in its answer does not put the secret into our records", async () => {
  const { id, receiver } = await receiverOf({ status: 400 }, {});
  const url = `${receiver.url}-and-long?key=k3y`;
  const by = { actor: SYSTEM, address: null, at: now };
  const change = { url: { sealedUrl: url, host: "127.0.0.1" } };
  await changeReceiver(store.db, by, { id, change });
  receiver.answering = { status: 400, body: "Cannot POST /hook/s3cret-and-long?key=k3y" };
  await tell("echo");
  await outboxOf(store.db, clock).drain();
  const [delivery] = await deliveriesOf(id);
  expect(delivery?.lastError).toContain("Cannot POST");
  expect(JSON.stringify(delivery)).not.toMatch(/s3cret|k3y/);
});

test("in quiet hours only pages and blocks get through, and the rest follows in order", async () => {
  const quietHours = { zone: "UTC", from: "11:00", to: "12:30" };
  const { id, receiver } = await receiverOf({ status: 200 }, { quietHours });
  const ticket = { severity: "ticket", at: now } as const;
  await writeNotices(store.db, [
    noticeOf("quiet 1", ticket),
    noticeOf("quiet 2", { at: now }),
    noticeOf("quiet 3", ticket),
  ]);
  const outbox = outboxOf(store.db, clock);
  await outbox.drain();
  expect(receiver.arrived).toHaveLength(1);
  expect(await states(id)).toEqual(["pending 0", "delivered 1", "pending 0"]);
  now += 30 * MINUTE;
  await outbox.drain();
  expect(await states(id)).toEqual(["delivered 1", "delivered 1", "delivered 1"]);
  const severities = receiver.arrived.map(({ body }) => JSON.parse(body).data.severity);
  expect(severities).toEqual(["page", "ticket", "ticket"]);
});

test("an address that may not be asked, or does not open, is given up at once and says why", async () => {
  const { id } = await receiverOf({ status: 200 }, { sealedUrl: "http://169.254.169.254/latest" });
  await tell("refused");
  await outboxOf(store.db, clock).drain();
  const [delivery] = await deliveriesOf(id);
  expect(delivery).toMatchObject({ state: "dead", lastStatus: null });
  expect(delivery?.lastError).toContain("metadata service");
});

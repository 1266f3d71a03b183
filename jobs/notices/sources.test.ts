import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { readNoticeDeliveries } from "#db/reads/notices.ts";
import { testStore } from "#db/testing.ts";
import { registerSources, sourceFailed, sourceSucceeded } from "#db/writes/sources.ts";
import { FAILING_MS, tellOfSources } from "#jobs/notices/sources.ts";
import { addReceiver } from "#jobs/notices/testing.ts";
import { MINUTE } from "#lib/time/duration.ts";

let store: Store;
beforeAll(async () => {
  store = await testStore();
  await registerSources(store.db, [{ name: "prom", kind: "prometheus", address: null }], 0);
  await addReceiver(store.db, { id: "ops", sealedUrl: "http://127.0.0.1" });
});
afterAll(() => store.close());

const T0 = Date.UTC(2026, 0, 1);
const fail = (now: number) =>
  sourceFailed(store.db, { source: "prom", message: "it does not answer", now });
const said = async () =>
  (await readNoticeDeliveries(store.db, { receiverId: "ops" }, 100))
    .map(({ notice }) => ({ kind: notice.kind, at: notice.at }))
    .toReversed();
/** As several workers do. */
const look = (now: number) => Promise.all([1, 2, 3].map(() => tellOfSources(store.db, now)));

test("a source that fails for five minutes is told of once, and once when it is well again", async () => {
  await fail(T0);
  await look(T0 + FAILING_MS - 1);
  expect(await said()).toEqual([]);
  for (const minutes of [5, 6, 7]) {
    await fail(T0 + minutes * MINUTE);
    await look(T0 + minutes * MINUTE);
  }
  const told = [{ kind: "source-unhealthy", at: T0 + 5 * MINUTE }];
  expect(await said()).toEqual(told);
  await sourceSucceeded(store.db, { source: "prom", now: T0 + 8 * MINUTE });
  await look(T0 + 8 * MINUTE);
  await look(T0 + 9 * MINUTE);
  const recovered = [...told, { kind: "source-recovered", at: T0 + 8 * MINUTE }];
  expect(await said()).toEqual(recovered);
  await fail(T0 + 10 * MINUTE);
  await sourceSucceeded(store.db, { source: "prom", now: T0 + 11 * MINUTE });
  await look(T0 + 20 * MINUTE);
  expect(await said()).toEqual(recovered);
  await fail(T0 + 30 * MINUTE);
  await look(T0 + 40 * MINUTE);
  expect(await said()).toEqual([...recovered, { kind: "source-unhealthy", at: T0 + 40 * MINUTE }]);
});

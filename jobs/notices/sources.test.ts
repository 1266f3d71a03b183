import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { readNoticeDeliveries } from "#db/reads/notices.ts";
import { testStore } from "#db/testing.ts";
import { dropOldNotices } from "#db/writes/replays.ts";
import { registerSources, sourceFailed, sourceSucceeded } from "#db/writes/sources.ts";
import { FAILING_MS, tellOfSources } from "#jobs/notices/sources.ts";
import { addReceiver } from "#jobs/notices/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

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

test("neither its failure nor its recovery is told again when old notices are forgotten", async () => {
  const failed = T0 + DAY;
  await registerSources(store.db, [{ name: "old", kind: "prometheus", address: null }], 0);
  const told = async () =>
    (await readNoticeDeliveries(store.db, { receiverId: "ops" }, 100)).flatMap(({ notice }) =>
      "source" in notice && notice.source === "old" ? [notice.kind] : [],
    );
  const forget = async (now: number) => {
    // Somebody else's receiver was gone: what was given up is kept for longer than what arrived.
    await store.db.execute(sql`update notice_deliveries d set done_at = n.at,
      state = case n.kind when 'source-unhealthy' then 'dead' else 'delivered' end
      from notices n where n.id = d.notice_id and d.state = 'pending'`);
    await dropOldNotices(store.db, { doneBefore: now - 90 * DAY, deadBefore: now - 400 * DAY });
  };
  await sourceFailed(store.db, { source: "old", message: "it does not answer", now: failed });
  await look(failed + HOUR);
  await forget(failed + 401 * DAY);
  await look(failed + 401 * DAY);
  expect(await told()).toEqual([]);
  const well = failed + 402 * DAY;
  await sourceSucceeded(store.db, { source: "old", now: well });
  await look(well);
  expect(await told()).toEqual(["source-recovered"]);
  await forget(well + 91 * DAY);
  await forget(well + 92 * DAY);
  await look(well + 92 * DAY);
  expect(await told()).toEqual([]);
  const again = well + 100 * DAY;
  await sourceFailed(store.db, { source: "old", message: "it does not answer", now: again });
  await look(again + HOUR);
  await sourceSucceeded(store.db, { source: "old", now: again + 2 * HOUR });
  await look(again + 2 * HOUR);
  await forget(again + 100 * DAY);
  await look(again + 100 * DAY);
  expect(await told()).toEqual(["source-unhealthy"]);
});

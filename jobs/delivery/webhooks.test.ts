import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { readDeliveries } from "#db/reads/webhooks.ts";
import { deliveryProgress } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { sourceSucceeded } from "#db/writes/sources.ts";
import { type NewDelivery, storeDelivery } from "#db/writes/webhooks.ts";
import { sampleWorld } from "#demo/github/sample.ts";
import { startGithub } from "#demo/github/server.ts";
import { forgetAll, githubAt, keptIn, runOnce, runUntilOk } from "#jobs/delivery/testing.ts";
import { readInbox } from "#jobs/delivery/webhooks.ts";
import { MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 2, 1);
const REPOSITORY = { node_id: "R_1", full_name: "acme/checkout", default_branch: "main" };

let store: Store;
let kicked: string[];

beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await forgetAll(store);
  kicked = [];
});

let sent = 0;
async function deliver(of: Partial<NewDelivery> & { readonly payload?: object } = {}) {
  const { payload = { repository: REPOSITORY }, ...rest } = of;
  const deliveryId = `d${++sent}`;
  const body = JSON.stringify(payload);
  const own = { source: "github", event: "deployment_status", deliveryId, body } as const;
  await storeDelivery(store.db, { ...own, receivedAt: NOW, ...rest });
}

const look = (now = NOW, options: { sources?: readonly string[]; busy?: boolean } = {}) =>
  readInbox({
    db: store.db,
    sources: new Set(options.sources ?? ["github", "pagerduty"]),
    clock: () => now,
    async kick(source) {
      if (options.busy) return false;
      kicked.push(source);
      return true;
    },
  });
const states = async () =>
  (await readDeliveries(store.db)).map(({ processedAt, error }) => [processedAt, error]);

describe("deliveries of webhooks", () => {
  test("of any number are one reason to ask their source, and are then done", async () => {
    for (let n = 0; n < 5; n++) await deliver();
    await look();
    await look();
    expect(kicked).toEqual(["github"]);
    expect(await states()).toEqual(Array(5).fill([NOW, null]));
  });

  test.each([
    ["a ping", { event: "ping" }],
    ["a star", { event: "star" }],
    ["a branch", { event: "push", payload: { repository: REPOSITORY, ref: "refs/heads/idea" } }],
    ["no repository", { payload: {} }],
    ["PagerDuty's test", { source: "pagerduty", event: "pagey.ping" } as const],
  ])("about %s are done without asking anyone", async (_, of) => {
    await deliver(of);
    await look();
    expect(kicked).toEqual([]);
    expect(await states()).toEqual([[NOW, null]]);
  });

  test("about an incident have PagerDuty asked", async () => {
    await deliver({ source: "pagerduty", event: "incident.triggered" });
    await look();
    expect(kicked).toEqual(["pagerduty"]);
  });

  test("that come while a run is under way wait for the next one", async () => {
    await deliver();
    await look(NOW, { busy: true });
    expect(await states()).toEqual([[null, null]]);
    await look(NOW + 5_000);
    expect(kicked).toEqual(["github"]);
  });

  test("that come right after a run wait until a minute has passed", async () => {
    await sourceSucceeded(store.db, { source: "github", kind: "github", now: NOW });
    await deliver();
    await look(NOW + MINUTE - 1);
    expect([kicked, await states()]).toEqual([[], [[null, null]]]);
    await look(NOW + MINUTE);
    expect(kicked).toEqual(["github"]);
  });

  test("cost nothing when little is left of the quota: the usual run finds the same", async () => {
    const points = { pointsRemaining: 1_000, pointsLimit: 5_000 };
    await store.db.insert(deliveryProgress).values({ source: "github", ...points });
    await deliver();
    await look();
    expect([kicked, await states()]).toEqual([[], [[NOW, null]]]);
  });

  test("that ask the gate are left to it, and say so where no GitHub is configured", async () => {
    await deliver({ event: "deployment_protection_rule" });
    await look();
    expect([kicked, await states()]).toEqual([[], [[null, null]]]);
    await look(NOW, { sources: ["pagerduty"] });
    expect(await states()).toEqual([[NOW, "no source github is configured in plimsoll.yaml"]]);
  });

  test("of a source that is not configured say so", async () => {
    await deliver();
    await look(NOW, { sources: [] });
    expect(await states()).toEqual([[NOW, "no source github is configured in plimsoll.yaml"]]);
  });

  test("of Alertmanager are left alone", async () => {
    await deliver({ source: "alertmanager", event: "firing" });
    await look();
    expect(await states()).toEqual([[null, null]]);
  });
});

test("events in any order and twice leave what one run without any leaves", async () => {
  const github = await startGithub({ world: sampleWorld(NOW).world, clock: () => NOW });
  const upstream = githubAt(github.url);
  await runUntilOk(store, upstream, NOW);
  const quiet = await keptIn(store);
  await forgetAll(store);
  const events = ["deployment_status", "deployment", "issues", "deployment_status", "release"];
  let now = NOW;
  for (const event of [...events, ...events.toReversed()]) {
    await deliver({ event });
    now += MINUTE;
    await readInbox({
      db: store.db,
      sources: new Set(["github"]),
      clock: () => now,
      kick: async () => (await runOnce(store, upstream, now)) === "ok",
    });
  }
  await github.close();
  expect(await keptIn(store)).toEqual(quiet);
  expect((await states()).every(([processedAt]) => processedAt !== null)).toBe(true);
});

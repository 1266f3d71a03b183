import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { readDeliveryFacts, readDeliveryRevision } from "#db/reads/delivery.ts";
import { readDeliveryReach } from "#db/reads/deliveryReach.ts";
import { readSourceRow } from "#db/reads/sources.ts";
import { deliveryProgress, repositories } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { deploy, push, rename } from "#demo/github/build.ts";
import type { GithubFault } from "#demo/github/fault.ts";
import { newRepository, sampleWorld } from "#demo/github/sample.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import type { World } from "#demo/github/world.ts";
import { forgetAll, githubAt, keptIn, runOnce, runUntilOk } from "#jobs/delivery/testing.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

const NOW = Date.parse("2026-03-01T00:00:00Z");

let store: Store;
const running: GithubStandIn[] = [];

beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());
beforeEach(() => forgetAll(store));
afterEach(async () => {
  for (const github of running.splice(0)) await github.close();
});

async function serve(world: World): Promise<GithubStandIn> {
  const github = await startGithub({ world, clock: () => NOW });
  running.push(github);
  return github;
}

/** What a first sync without any fault leaves. */
async function quietly(world: World): Promise<object> {
  const github = await serve(world);
  await runUntilOk(store, githubAt(github.url), NOW);
  const kept = await keptIn(store);
  await forgetAll(store);
  return kept;
}

/** A deployment a day, for so long that its history comes in several batches. */
function daily(): World {
  const { world, repository } = newRepository();
  for (let at = NOW - 200 * DAY; at < NOW; at += DAY) {
    const { sha } = push(repository, { at });
    deploy(repository, { sha, at: at + HOUR });
  }
  return world;
}

const FAULTS: readonly GithubFault[] = [
  { kind: "rate-limited", resetSeconds: 60, times: 1 },
  { kind: "secondary", status: 403, retryAfterSeconds: 1, times: 2 },
  { kind: "secondary", status: 429, retryAfterSeconds: 1, times: 1 },
  { kind: "bad-gateway", above: 10 },
  { kind: "partial", type: "Deployment", times: 2 },
  { kind: "partial", type: "PullRequest", times: 3 },
  { kind: "garbage", times: 1 },
  { kind: "down", times: 4 },
  { kind: "restless", overlap: 3 },
];

describe("what is saved from GitHub", () => {
  test.each(FAULTS)("is the same after $kind as after a quiet run", async (fault) => {
    const quiet = await quietly(sampleWorld(NOW).world);
    const github = await serve(sampleWorld(NOW).world);
    github.fault = fault;
    await runUntilOk(store, githubAt(github.url), NOW);
    expect(await keptIn(store)).toEqual(quiet);
    expect(await readSourceRow(store.db, "github")).toMatchObject({ state: "ok", error: null });
  });

  test("is the same when each run ends after one batch and another goes on", async () => {
    const quiet = await quietly(daily());
    const upstream = githubAt((await serve(daily())).url);
    const cut = {
      ...upstream,
      async *collect(...of: Parameters<typeof upstream.collect>) {
        for await (const batch of upstream.collect(...of)) {
          yield batch;
          throw new RangeError("cut off");
        }
      },
    };
    for (let run = 0; run < 4; run++) expect(await runOnce(store, cut, NOW)).toBe("failed");
    expect(await keptIn(store)).not.toEqual(quiet);
    await runUntilOk(store, upstream, NOW);
    expect(await keptIn(store)).toEqual(quiet);
  });

  test("is not touched by another run that finds nothing new", async () => {
    const upstream = githubAt((await serve(sampleWorld(NOW).world)).url);
    await runUntilOk(store, upstream, NOW);
    const before = await readDeliveryRevision(store.db);
    await runUntilOk(store, upstream, NOW + HOUR);
    expect(await readDeliveryRevision(store.db)).toBe(before);
  });

  test("is known for the whole history when a repository has nothing older", async () => {
    const { world, repository } = newRepository();
    push(repository, { at: NOW - DAY });
    const upstream = githubAt((await serve(world)).url);
    await runUntilOk(store, upstream, NOW);
    const { repositories } = await readDeliveryReach(store.db);
    const whole = { from: NOW - 400 * DAY, through: NOW };
    expect([...new Set(repositories.values())]).toEqual([whole]);
  });

  test("stays with a repository that was renamed", async () => {
    const { world, repository } = sampleWorld(NOW);
    const upstream = githubAt((await serve(world)).url);
    await runUntilOk(store, upstream, NOW);
    const before = await readDeliveryFacts(store.db);
    rename(repository, "shop/till");
    const { sha } = push(repository, { at: NOW + HOUR });
    deploy(repository, { sha, at: NOW + 2 * HOUR });
    await runUntilOk(store, upstream, NOW + DAY);
    const rows = await store.db.select().from(repositories);
    expect(rows.map(({ id, fullName }) => [id, fullName])).toEqual([[repository.id, "shop/till"]]);
    const after = await readDeliveryFacts(store.db);
    expect(after.records).toHaveLength(before.records.length + 1);
    expect(after.changes).toHaveLength(before.changes.length + 1);
  });

  test("after a force-push keeps what was deployed before it", async () => {
    const { world, repository } = newRepository();
    const a = push(repository, { at: NOW - 9 * DAY });
    deploy(repository, { sha: a.sha, at: NOW - 8 * DAY });
    const gone = push(repository, { at: NOW - 7 * DAY });
    deploy(repository, { sha: gone.sha, at: NOW - 6 * DAY });
    const upstream = githubAt((await serve(world)).url);
    await runUntilOk(store, upstream, NOW);
    repository.head = a.sha;
    repository.commits.delete(gone.sha);
    const b = push(repository, { at: NOW + HOUR });
    deploy(repository, { sha: b.sha, at: NOW + 2 * HOUR });
    await runUntilOk(store, upstream, NOW + DAY);
    const { records, shipped } = await readDeliveryFacts(store.db);
    expect(records.map(({ sha }) => sha).sort()).toEqual([a.sha, gone.sha, b.sha].sort());
    expect(shipped.find(({ shas }) => shas.includes(b.sha))?.confidence).toBe("low");
  });
});

describe("a run that fails", () => {
  test("says so in words, without the token, and keeps what was saved", async () => {
    const github = await serve(sampleWorld(NOW).world);
    const upstream = githubAt(github.url);
    await runUntilOk(store, upstream, NOW);
    const before = await keptIn(store);
    github.fault = { kind: "down" };
    expect(await runOnce(store, upstream, NOW + HOUR)).toBe("failed");
    const row = await readSourceRow(store.db, "github");
    expect(row).toMatchObject({ state: "failed", lastSuccessAt: NOW, errorSince: NOW + HOUR });
    expect(row?.error).toMatch(/^github \(127\.0\.0\.1:\d+\) /);
    expect(JSON.stringify(row)).not.toContain("demo-token");
    expect(await keptIn(store)).toEqual(before);
  });

  test("about one repository names it to the end, while the source itself is well", async () => {
    const github = await serve(daily());
    const upstream = githubAt(github.url, ["gone", "checkout"]);
    expect(await runOnce(store, upstream, NOW)).toBe("ok");
    const [row] = await store.db.select().from(deliveryProgress);
    expect(row?.failures).toEqual([
      { repository: "acme/gone", message: expect.stringMatching(/no such repository/) },
    ]);
    await runOnce(store, githubAt(github.url), NOW);
    expect((await store.db.select().from(deliveryProgress))[0]?.failures).toEqual([]);
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { readChosenSources } from "#db/reads/chosenSources.ts";
import { readDeliveryFacts } from "#db/reads/delivery.ts";
import { deliveryProgress } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import type { By } from "#db/writes/audit.ts";
import { receiveDeployment } from "#db/writes/receiving.ts";
import { deploy, openIssue, push } from "#demo/github/build.ts";
import { mergePull } from "#demo/github/merge.ts";
import { newRepository } from "#demo/github/sample.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import { forgetAll, githubAt, runOnce } from "#jobs/delivery/testing.ts";
import { LOCAL } from "#lib/access/actor.ts";
import { DEFAULT_RULES, deliveryOf } from "#lib/dora/delivery.ts";
import { commitChange } from "#lib/dora/posted.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

const NOW = Date.parse("2026-03-01T00:00:00Z");
const daysAgo = (days: number) => NOW - days * DAY;
const BY: By = { actor: LOCAL, address: null, at: NOW };

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

async function readBy(world: Parameters<typeof startGithub>[0]["world"]) {
  const github = await startGithub({ world, clock: () => NOW });
  running.push(github);
  return async () => expect(await runOnce(store, githubAt(github.url), NOW)).toBe("ok");
}

/** What the pipeline of checkout tells of a success; `commits` of what it brought. */
function hand(id: string, sha: string, at: number, commits: readonly string[] = []) {
  const told = { service: "checkout", environment: "production", ref: null, url: null };
  const times = { startedAt: at - HOUR, finishedAt: at, status: "success" as const };
  const place = { service: "checkout", repository: "acme/checkout" };
  return receiveDeployment(store.db, BY, {
    message: { id, sha, creator: "ci", ...told, ...times },
    cargo: commits.length > 0 ? { previousSha: null, shas: commits } : null,
    changes: commits.map((each) => commitChange(place, { sha: each, authoredAt: at - DAY })),
    team: "shop",
  });
}

/** What is counted, with one source for each service as it was settled. */
async function counted() {
  const sources = new Map(await readChosenSources(store.db));
  return deliveryOf(await readDeliveryFacts(store.db), { ...DEFAULT_RULES, sources });
}

describe("a service of which GitHub and its pipeline tell", () => {
  test("is counted once, by the one that was there first, whatever comes later", async () => {
    const { world, repository } = newRepository();
    const shas = [9, 8, 7].map((days) => push(repository, { at: daysAgo(days) }).sha);
    for (const [i, sha] of shas.entries()) deploy(repository, { sha, at: daysAgo(8.5 - i) });
    const run = await readBy(world);
    await run();
    for (const [i, sha] of shas.entries()) await hand(`api:${i}`, sha, daysAgo(8.4 - i));
    await run();
    expect(await readChosenSources(store.db)).toEqual([["checkout", "deployment"]]);
    const { verdicts, excluded } = await counted();
    expect(verdicts.map(({ deployment }) => deployment.source)).toEqual(
      Array(3).fill("deployment"),
    );
    expect(excluded.filter(({ reason }) => reason === "other-source")).toHaveLength(3);
  });

  test("that hands in alone has the pull requests of its repository", async () => {
    const { world, repository } = newRepository();
    const root = push(repository, { at: daysAgo(60) });
    const pull = mergePull(repository, {
      ...{ number: 1, openedAt: daysAgo(12), authoredAt: [daysAgo(13)], mergedAt: daysAgo(10) },
    });
    const lone = push(repository, { at: daysAgo(6) });
    await hand("api:1", root.sha, daysAgo(20));
    await hand("api:2", pull.mergeSha ?? "", daysAgo(9));
    await hand("api:3", lone.sha, daysAgo(5), [lone.sha]);
    const run = await readBy(world);
    await run();
    await run();
    expect(await readChosenSources(store.db)).toEqual([["checkout", "api"]]);
    const { arrivals } = await counted();
    expect(arrivals.map(({ change, leadTimeMs }) => [change.number, leadTimeMs])).toEqual([
      [1, 4 * DAY],
      [null, DAY],
    ]);
    const { shipped } = await readDeliveryFacts(store.db);
    expect(shipped.find(({ deploymentId }) => deploymentId === "api:3")?.previousSha).toBeNull();
  });
});

test("a cursor that tells of no sources has settled none", async () => {
  for (const cursor of [{}, { repositories: [] }, { repositories: { a: { chosen: 1 } } }]) {
    await store.db.delete(deliveryProgress);
    await store.db.insert(deliveryProgress).values({ source: "github", cursor });
    expect(await readChosenSources(store.db)).toEqual([]);
  }
});

test("an incident whose issue lost its label is kept and not counted", async () => {
  const { world, repository } = newRepository();
  push(repository, { at: daysAgo(30) });
  openIssue(repository, { number: 7, title: "Down", labels: ["incident"], at: daysAgo(20) });
  const run = await readBy(world);
  await run();
  expect((await readDeliveryFacts(store.db)).incidents).toHaveLength(1);
  const [issue] = repository.issues;
  if (issue) Object.assign(issue, { labels: [] });
  await run();
  expect((await readDeliveryFacts(store.db)).incidents).toEqual([]);
});

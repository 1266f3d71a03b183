import { afterEach, describe, expect, test } from "vitest";
import {
  collectInto,
  factsOf,
  nothingKept,
  RULE,
  standInSource,
  workAt,
} from "#collectors/github/keep.ts";
import { addRepository, deploy, push, rename } from "#demo/github/build.ts";
import { busyWorld, newRepository, sampleWorld } from "#demo/github/sample.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import type { World } from "#demo/github/world.ts";

const NOW = Date.parse("2026-03-01T00:00:00Z");
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const daysAgo = (days: number) => NOW - days * DAY_MS;
const running: GithubStandIn[] = [];

afterEach(async () => {
  for (const github of running.splice(0)) await github.close();
});

async function serve(world: World): Promise<GithubStandIn> {
  const github = await startGithub({ world, clock: () => NOW });
  running.push(github);
  return github;
}

async function collect(github: GithubStandIn, work = workAt(NOW), kept = nothingKept()) {
  return collectInto(kept, { source: standInSource(github.url), work });
}

const idOf = ({ id }: { readonly id: string }) => `github:checkout:${id}`;

describe("a first sync", () => {
  test("brings deployments with all their statuses, oldest first, whatever they came to", async () => {
    const story = sampleWorld(NOW);
    const kept = await collect(await serve(story.world));
    expect(kept.deployments.size).toBe(8);
    expect(kept.deployments.get(idOf(story.fourth))).toMatchObject({
      service: "checkout",
      environment: "production",
      sha: story.bad.mergeSha,
      createdAt: daysAgo(4.8),
      source: "deployment",
      creator: "github-actions",
      statuses: [
        { state: "success", at: daysAgo(4.79) },
        { state: "inactive", at: daysAgo(3.9) },
      ],
    });
    expect(kept.deployments.get(idOf(story.failed))?.statuses).toMatchObject([
      { state: "failure" },
    ]);
  });

  test("works out what each success shipped: to the success before, never to a failure", async () => {
    const story = sampleWorld(NOW);
    const { shipped } = await collect(await serve(story.world));
    const { squash, merge, rebase, lone, bad, revert } = story;
    const branch = merge.branch.map(({ sha }) => sha);
    const told = (of: { readonly id: string }) => {
      const row = shipped.get(idOf(of));
      return row && { ...row, shas: new Set(row.shas) };
    };
    const sure = { confidence: "high", complete: true };
    expect(told(story.first)).toMatchObject({ ...sure, previousSha: null, shas: new Set() });
    expect(told(story.second)).toMatchObject({ ...sure, shas: new Set(squash.landed) });
    expect(told(story.third)).toMatchObject({
      ...sure,
      previousSha: squash.mergeSha,
      shas: new Set([...branch, ...merge.landed, ...rebase.landed, lone.sha]),
    });
    expect(told(story.failed)).toBeUndefined();
    expect(told(story.fourth)).toMatchObject({
      ...sure,
      previousSha: lone.sha,
      shas: new Set(bad.landed),
    });
    expect(told(story.rollback)).toMatchObject({
      ...sure,
      previousSha: bad.mergeSha,
      shas: new Set(),
    });
    expect(told(story.fifth)).toMatchObject({ shas: new Set([...bad.landed, ...revert.landed]) });
    expect(shipped.size).toBe(6);
  });

  test("brings merged pull requests with authors' times, reviews by others and what they revert", async () => {
    const { world, repository, squash, merge, rebase, lone } = sampleWorld(NOW);
    const { changes } = await collect(await serve(world));
    const change = (number: number) => changes.get(`pr:${repository.id}#${number}`);
    expect(change(1)).toMatchObject({
      commits: squash.branch.map(({ sha, authoredAt }) => ({ sha, authoredAt })),
      mergeShas: [squash.mergeSha],
      openedAt: daysAgo(92),
      readyAt: daysAgo(91.5),
      firstReviewAt: daysAgo(91),
      mergedAt: daysAgo(90),
      labels: ["feature"],
      author: "ada",
      bot: false,
      reverts: null,
    });
    expect(change(2)).toMatchObject({ mergeShas: [merge.mergeSha], firstReviewAt: null });
    expect(change(2)?.readyAt).toBe(change(2)?.openedAt);
    expect(change(3)?.bot).toBe(true);
    expect(new Set(change(3)?.mergeShas)).toEqual(new Set(rebase.landed));
    expect(change(5)?.reverts).toBe(`pr:${repository.id}#4`);
    expect(changes.get(`commit:${lone.sha}`)).toMatchObject({
      title: "Mend the build",
      number: null,
    });
    expect(changes.size).toBe(6);
  });

  test("brings incidents by label, with cause and remedy", async () => {
    const { world, repository } = sampleWorld(NOW);
    const { incidents } = await collect(await serve(world));
    expect([...incidents.values()]).toMatchObject([
      {
        service: "checkout",
        severity: "SEV1",
        startedAt: Date.parse("2026-02-24T06:00:00Z"),
        resolvedAt: daysAgo(3),
        links: [
          { method: "explicit", changeId: `pr:${repository.id}#4` },
          { method: "remediation", changeId: `pr:${repository.id}#5` },
        ],
      },
    ]);
  });

  test("begins with the latest thirty days and says how far back it has come", async () => {
    const { world, repository } = newRepository();
    for (let day = 200; day > 0; day--) {
      const { sha } = push(repository, { at: daysAgo(day) });
      deploy(repository, { sha, at: daysAgo(day) + HOUR_MS });
    }
    const { batches } = await collect(await serve(world));
    const [newest] = batches;
    expect(newest?.repositories[0]).toMatchObject({ collectedFrom: daysAgo(30), complete: false });
    expect(newest?.shipped.length).toBeGreaterThanOrEqual(29);
    expect(batches.at(-1)?.repositories[0]?.complete).toBe(true);
    const starts = batches.map((batch) => batch.repositories[0]?.collectedFrom ?? 0);
    expect(starts).toEqual(starts.toSorted((a, b) => b - a));
  });

  test("of 300 deployments and 600 pull requests takes at most 60 points", async () => {
    const { world } = busyWorld(NOW);
    const github = await serve(world);
    const kept = await collect(github);
    const spent = github.desk.queries.reduce((sum, { points }) => sum + points, 0);
    expect(kept.deployments.size).toBe(300);
    expect(kept.shipped.size).toBe(300);
    expect(kept.changes.size).toBe(600);
    expect([...kept.shipped.values()].every(({ complete }) => complete)).toBe(true);
    expect(kept.points?.used).toBe(spent);
    expect(kept.points?.remaining).toBe(5000 - spent);
    expect(spent).toBeLessThanOrEqual(60);
  });
});

test("a maintenance branch of many months is read once, beside the main line", async () => {
  const { world, repository } = newRepository();
  const root = push(repository, { at: daysAgo(130) });
  const grow = (from: string, name: string) => {
    const line = [from];
    for (let n = 0; n < 300; n++) {
      const plan = { at: daysAgo(125) + n * 10 * HOUR_MS, message: `${name} ${n}` };
      line.push(push(repository, { ...plan, parents: [line.at(-1) ?? from] }).sha);
    }
    return line.slice(1);
  };
  const old = grow(root.sha, "old");
  const main = grow(root.sha, "main");
  deploy(repository, { sha: main.at(-1) ?? "", at: daysAgo(0.2) });
  const last = deploy(repository, { sha: old.at(-1) ?? "", at: daysAgo(0.1) });
  const github = await serve(world);
  const { shipped } = await collect(github);
  expect(shipped.get(idOf(last))).toMatchObject({ confidence: "low", complete: true });
  expect(new Set(shipped.get(idOf(last))?.shas)).toEqual(new Set(old));
  const pages = github.desk.queries.filter(({ query }) => query.includes("query History"));
  expect(pages).toHaveLength(6);
});

describe("a later sync", () => {
  test("finds what is new, and a status that came late to an old deployment", async () => {
    const { world, repository } = newRepository();
    const a = push(repository, { at: daysAgo(40) });
    deploy(repository, { sha: a.sha, at: daysAgo(39) });
    const b = push(repository, { at: daysAgo(20) });
    const waiting = deploy(repository, {
      sha: b.sha,
      at: daysAgo(19),
      statuses: [{ state: "WAITING", at: daysAgo(19) }],
    });
    const github = await serve(world);
    const kept = await collect(github);
    expect(kept.shipped.has(idOf(waiting))).toBe(false);

    waiting.statuses.push({ state: "SUCCESS", at: NOW + HOUR_MS });
    const c = push(repository, { at: NOW + 2 * HOUR_MS });
    const next = deploy(repository, { sha: c.sha, at: NOW + 3 * HOUR_MS });
    await collect(github, workAt(NOW + DAY_MS), kept);
    expect(kept.shipped.get(idOf(waiting))).toMatchObject({ previousSha: a.sha, shas: [b.sha] });
    expect(kept.shipped.get(idOf(next))).toMatchObject({ previousSha: b.sha, shas: [c.sha] });
  });

  test("asks again for a deployment that had not ended, however many came after it", async () => {
    const { world, repository } = newRepository();
    const a = push(repository, { at: daysAgo(40) });
    deploy(repository, { sha: a.sha, at: daysAgo(39) });
    const b = push(repository, { at: daysAgo(21) });
    const statuses = [{ state: "WAITING", at: daysAgo(20) }];
    const waiting = deploy(repository, { sha: b.sha, at: daysAgo(20), statuses });
    for (let n = 0; n < 250; n++)
      deploy(repository, {
        sha: a.sha,
        at: daysAgo(19) + n * 1.7 * HOUR_MS,
        environment: "staging",
      });
    const github = await serve(world);
    const kept = await collect(github);
    waiting.statuses.push({ state: "SUCCESS", at: NOW + HOUR_MS });
    await collect(github, workAt(NOW + DAY_MS), kept);
    expect(kept.deployments.get(idOf(waiting))?.statuses.at(-1)?.state).toBe("success");
    expect(kept.shipped.get(idOf(waiting))).toMatchObject({ previousSha: a.sha, shas: [b.sha] });
  });

  test("reads the last seven days again: a retry may yet succeed", async () => {
    const { world, repository } = newRepository();
    const a = push(repository, { at: daysAgo(3) });
    const statuses = [{ state: "FAILURE", at: daysAgo(2) }];
    const retried = deploy(repository, { sha: a.sha, at: daysAgo(2), statuses });
    for (let n = 0; n < 120; n++)
      deploy(repository, { sha: a.sha, at: daysAgo(1) + n * 60_000, environment: "staging" });
    const github = await serve(world);
    const kept = await collect(github);
    retried.statuses.push({ state: "SUCCESS", at: NOW + HOUR_MS });
    await collect(github, workAt(NOW + DAY_MS), kept);
    expect(kept.deployments.get(idOf(retried))?.statuses.at(-1)?.state).toBe("success");
  });

  test("reads as far back as a branch is old that was merged at last", async () => {
    const { world, repository } = newRepository();
    const main = Array.from({ length: 200 }, (_, n) =>
      push(repository, { at: daysAgo(100) + n * 12 * HOUR_MS }),
    );
    deploy(repository, { sha: repository.head ?? "", at: NOW });
    const github = await serve(world);
    const kept = await collect(github);
    const head = repository.head ?? "";
    const work = push(repository, { at: NOW + HOUR_MS, parents: [main[3]?.sha ?? ""] });
    const merge = push(repository, { at: NOW + 2 * HOUR_MS, parents: [head, work.sha] });
    const next = deploy(repository, { sha: merge.sha, at: NOW + 3 * HOUR_MS });
    await collect(github, workAt(NOW + DAY_MS), kept);
    const row = kept.shipped.get(idOf(next));
    expect(row).toMatchObject({ previousSha: head, complete: true, confidence: "high" });
    expect(new Set(row?.shas)).toEqual(new Set([work.sha, merge.sha]));
  });

  test("costs a handful of points and leaves the same facts", async () => {
    const { world } = sampleWorld(NOW);
    const github = await serve(world);
    const kept = await collect(github);
    const before = factsOf(kept);
    const spent = github.desk.queries.length;
    await collect(github, workAt(NOW + HOUR_MS), kept);
    expect(factsOf(kept)).toEqual(before);
    expect(github.desk.queries.length - spent).toBeLessThanOrEqual(6);
  });

  test("sees an incident closed and opened again", async () => {
    const { world, repository } = sampleWorld(NOW);
    const github = await serve(world);
    const kept = await collect(github);
    const [issue] = repository.issues;
    if (issue) Object.assign(issue, { closedAt: null, updatedAt: NOW + HOUR_MS });
    await collect(github, workAt(NOW + DAY_MS), kept);
    expect([...kept.incidents.values()][0]?.resolvedAt).toBeNull();
  });

  test("follows a repository that was renamed, even when another takes its name", async () => {
    const { world, repository } = sampleWorld(NOW);
    const github = await serve(world);
    const kept = await collect(github);
    const before = kept.changes.size;
    rename(repository, "shop/till");
    repository.formerNames.pop();
    addRepository(world, "acme/checkout");
    const { sha } = push(repository, { at: NOW + HOUR_MS });
    const next = deploy(repository, { sha, at: NOW + 2 * HOUR_MS });
    await collect(github, workAt(NOW + DAY_MS), kept);
    expect(kept.batches.at(-1)?.repositories).toMatchObject([
      { id: repository.id, fullName: "shop/till" },
    ]);
    expect(kept.shipped.get(idOf(next))?.shas).toEqual([sha]);
    expect(kept.changes.size).toBe(before + 1);
  });
});

describe("a cursor", () => {
  test("of other rules begins again: a new service has history too", async () => {
    const { world } = sampleWorld(NOW);
    const github = await serve(world);
    const kept = await collect(github);
    const services = [RULE, { ...RULE, service: "till" }];
    await collect(github, workAt(NOW, services), kept);
    const ofTill = [...kept.deployments.values()].filter(({ service }) => service === "till");
    expect(ofTill).toHaveLength(8);
    expect([...kept.shipped.keys()].filter((id) => id.includes(":till:"))).toHaveLength(6);
  });

  test.each([["nonsense"], [{ version: 0 }], [[]], [42]])(
    "that is %j begins again",
    async (cursor) => {
      const github = await serve(sampleWorld(NOW).world);
      const kept = await collect(github, workAt(NOW), { ...nothingKept(), cursor });
      expect(kept.deployments.size).toBe(8);
    },
  );
});

describe("a force-push", () => {
  test("leaves what is not in the version before, with low confidence", async () => {
    const { world, repository } = newRepository();
    const root = push(repository, { at: daysAgo(30) });
    const old = push(repository, { at: daysAgo(20), message: "old" });
    deploy(repository, { sha: old.sha, at: daysAgo(19) });
    repository.head = root.sha;
    const fresh = push(repository, { at: daysAgo(18), message: "new" });
    const after = deploy(repository, { sha: fresh.sha, at: daysAgo(17) });
    const { shipped } = await collect(await serve(world));
    expect(shipped.get(idOf(after))).toMatchObject({
      previousSha: old.sha,
      shas: [fresh.sha],
      confidence: "low",
      complete: true,
    });
  });

  test("whose old commits are gone leaves what was committed since, and says that it may not be all", async () => {
    const { world, repository } = newRepository();
    const root = push(repository, { at: daysAgo(30) });
    const old = push(repository, { at: daysAgo(20), message: "old" });
    deploy(repository, { sha: old.sha, at: daysAgo(19) });
    repository.commits.delete(old.sha);
    repository.head = root.sha;
    const fresh = push(repository, { at: daysAgo(18), message: "new" });
    const after = deploy(repository, { sha: fresh.sha, at: daysAgo(17) });
    const { shipped } = await collect(await serve(world));
    expect(shipped.get(idOf(after))).toMatchObject({
      shas: [fresh.sha],
      confidence: "low",
      complete: false,
    });
  });
});

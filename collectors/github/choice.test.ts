import { afterEach, describe, expect, test } from "vitest";
import {
  collectInto,
  type Kept,
  nothingKept,
  RULE,
  standInSource,
  workAt,
} from "#collectors/github/keep.ts";
import { isWithin } from "#collectors/github/paths.ts";
import type { PostedRecord, ServiceRule } from "#collectors/github/work.ts";
import { addRepository, deploy, openIssue, push } from "#demo/github/build.ts";
import { mergePull } from "#demo/github/merge.ts";
import { busyWorld, newRepository, sampleWorld } from "#demo/github/sample.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import type { World } from "#demo/github/world.ts";
import { deployed } from "#lib/dora/testing.ts";

const NOW = Date.parse("2026-03-01T00:00:00Z");
const HOUR_MS = 3_600_000;
const daysAgo = (days: number) => NOW - days * 24 * HOUR_MS;
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

/** What a pipeline handed in for checkout. */
function posted(id: string, sha: string, at: number, hasCommits = false): PostedRecord {
  const statuses = [{ state: "success", at }];
  const parts = { service: "checkout", sha, source: "api" as const, createdAt: at, statuses };
  return { record: deployed(id, 0, parts), hasCommits };
}

const sourcesOf = ({ deployments }: Kept) =>
  [...new Set([...deployments.values()].map(({ source }) => source))].sort();

describe("a service that leaves its source open", () => {
  test("and of which both tell keeps to the one that was there first", async () => {
    const { world, repository } = newRepository();
    const { sha } = push(repository, { at: daysAgo(20) });
    deploy(repository, { sha, at: daysAgo(19) });
    const github = await serve(world);
    const kept = await collect(github);
    const both = { ...workAt(NOW), posted: [posted("api:1", sha, daysAgo(1))] };
    await collect(github, both, kept);
    expect(kept.cursor).toMatchObject({
      repositories: { "acme/checkout": { chosen: { checkout: "deployment" } } },
    });
    const asked = github.desk.queries.length;
    await collect(github, both, kept);
    expect(github.desk.queries.length - asked).toBeLessThanOrEqual(6);
    expect(kept.shipped.has("api:1")).toBe(false);
  });

  test("goes by what its pipeline hands in, if that is there at first, and stays with it", async () => {
    const { world, repository } = newRepository();
    const { sha } = push(repository, { at: daysAgo(20) });
    deploy(repository, { sha, at: daysAgo(19) });
    const github = await serve(world);
    const handed = { ...workAt(NOW), posted: [posted("api:1", sha, daysAgo(19))] };
    const kept = await collect(github, handed);
    await collect(github, workAt(NOW), kept);
    expect([kept.deployments.size, sourcesOf(kept)]).toEqual([0, []]);
  });

  test("is not taken for told of by previews, nor by what is handed in elsewhere", async () => {
    const { world, repository } = newRepository();
    const { sha } = push(repository, { at: daysAgo(20) });
    for (let n = 0; n < 120; n++)
      deploy(repository, { sha, at: daysAgo(19) + n, environment: `pr-${n}` });
    mergePull(repository, {
      ...{ number: 1, openedAt: daysAgo(9), authoredAt: [daysAgo(9)], mergedAt: daysAgo(8) },
    });
    const github = await serve(world);
    const staging = posted("api:1", sha, daysAgo(1));
    const handed = { ...staging, record: { ...staging.record, environment: "staging" } };
    const kept = await collect(github, { ...workAt(NOW), posted: [handed] });
    expect(sourcesOf(kept)).toEqual(["merge"]);
    deploy(repository, { sha, at: NOW });
    await collect(github, workAt(NOW + HOUR_MS), kept);
    expect(sourcesOf(kept)).toEqual(["deployment", "merge"]);
    const before = kept.batches.length;
    await collect(github, workAt(NOW + HOUR_MS), kept);
    expect(kept.batches.length).toBe(before + 1);
  });

  test("finds its production behind many previews", async () => {
    const { world, repository } = newRepository();
    const { sha } = push(repository, { at: daysAgo(20) });
    deploy(repository, { sha, at: daysAgo(19) });
    for (let n = 0; n < 250; n++)
      deploy(repository, { sha, at: daysAgo(18) + n * HOUR_MS, environment: `pr-${n}` });
    const kept = await collect(await serve(world));
    expect(kept.deployments.size).toBe(251);
    expect(kept.shipped.size).toBe(1);
  });
});

describe("what a pipeline hands in for a service with a repository", () => {
  const API: ServiceRule = { ...RULE, source: "api" };

  test("ships what lies between its versions, as its own deployments would", async () => {
    const { world, repository } = newRepository();
    const root = push(repository, { at: daysAgo(60) });
    const pull = mergePull(repository, {
      ...{ number: 1, openedAt: daysAgo(50), authoredAt: [daysAgo(51)], mergedAt: daysAgo(49) },
    });
    const lone = push(repository, { at: daysAgo(5) });
    deploy(repository, { sha: lone.sha, at: daysAgo(4) });
    const github = await serve(world);
    const handed = [
      posted("api:1", root.sha, daysAgo(59)),
      posted("api:2", pull.mergeSha ?? "", daysAgo(48)),
    ];
    const kept = await collect(github, { ...workAt(NOW, [API]), posted: handed });
    const fact = (id: string) => kept.shipped.get(id);
    expect(fact("api:1")).toMatchObject({ previousSha: null, shas: [], complete: true });
    expect(fact("api:2")).toMatchObject({ previousSha: root.sha, shas: [pull.mergeSha] });
    expect(kept.changes.get(`pr:${repository.id}#1`)).toBeDefined();
    const more = [
      ...handed,
      posted("api:3", lone.sha, daysAgo(3)),
      posted("api:4", "abc1234", NOW),
    ];
    await collect(github, { ...workAt(NOW, [API]), posted: more }, kept);
    expect(fact("api:3")).toMatchObject({ previousSha: pull.mergeSha, shas: [lone.sha] });
    expect(fact("api:4")).toBeUndefined();
    expect(kept.deployments.size).toBe(0);
  });

  test("and told the commits of keeps them, and stands in the sequence", async () => {
    const { world, repository } = newRepository();
    const shas = [9, 8, 7].map((days) => push(repository, { at: daysAgo(days) }).sha);
    const handed = shas.map((sha, i) => posted(`api:${i}`, sha, daysAgo(8.5 - i), i === 1));
    const kept = await collect(await serve(world), { ...workAt(NOW, [API]), posted: handed });
    expect([...kept.shipped.keys()].sort()).toEqual(["api:0", "api:2"]);
    expect(kept.shipped.get("api:2")).toMatchObject({ previousSha: shas[1], shas: [shas[2]] });
  });
});

describe("services that share a repository by paths", () => {
  const rule = (service: string, ...paths: string[]): ServiceRule => ({ ...RULE, service, paths });
  const files = (number: number, ...paths: string[]) => ({
    ...{ number, openedAt: daysAgo(20 - number), authoredAt: [daysAgo(20.5 - number)] },
    ...{ mergedAt: daysAgo(19.5 - number), files: paths },
  });

  test("ship the pull requests that changed their files, and commits that came without one", async () => {
    const { world, repository } = newRepository();
    deploy(repository, { sha: push(repository, { at: daysAgo(30) }).sha, at: daysAgo(29) });
    const checkout = mergePull(repository, files(1, "services/checkout/pay.ts"));
    const cart = mergePull(repository, { ...files(2, "services/cart/a.ts"), by: "rebase" });
    const both = mergePull(repository, {
      ...files(3, "docs/a.md", "services/checkout/b.ts", "services/cart/b.ts"),
      by: "merge",
    });
    const docs = mergePull(repository, files(4, "docs/b.md"));
    const lone = push(repository, { at: daysAgo(10) });
    const last = deploy(repository, { sha: lone.sha, at: daysAgo(9) });
    const rules = [rule("checkout", "services/checkout/**"), rule("cart", "services/cart/")];
    const kept = await collect(await serve(world), workAt(NOW, rules));
    const shipped = (service: string) =>
      new Set(kept.shipped.get(`github:${service}:${last.id}`)?.shas);
    const branch = both.branch.map(({ sha }) => sha);
    const shared = [both.mergeSha, ...branch, lone.sha];
    expect(shipped("checkout")).toEqual(new Set([checkout.mergeSha, ...shared]));
    expect(shipped("cart")).toEqual(new Set([...cart.landed, ...shared]));
    expect(kept.changes.has(`pr:${repository.id}#${docs.number}`)).toBe(true);
  });

  test("count the merges that changed their files, where merges are what counts", async () => {
    const { world, repository } = newRepository();
    push(repository, { at: daysAgo(30) });
    mergePull(repository, files(1, "services/checkout/pay.ts"));
    mergePull(repository, files(2, "services/cart/a.ts"));
    const rules = [{ ...rule("checkout", "services/checkout/**"), source: "merge" as const }];
    const kept = await collect(await serve(world), workAt(NOW, rules));
    expect(kept.deployments.size).toBe(1);
  });

  test("cost some points more, and none where no service has any", async () => {
    const spent = async (rules: readonly ServiceRule[]) => {
      const github = await serve(busyWorld(NOW).world);
      await collect(github, workAt(NOW, rules));
      return github.desk.queries.reduce((sum, { points }) => sum + points, 0);
    };
    expect(await spent([RULE])).toBeLessThanOrEqual(60);
    const withPaths = await spent([rule("checkout", "services/**")]);
    expect(withPaths).toBeGreaterThan(await spent([RULE]));
    expect(withPaths).toBeLessThanOrEqual(80);
  });

  test.each<[string, string, boolean]>([
    ["services/checkout/a/b.ts", "services/checkout/**", true],
    ["services/checkout/.env", "services/checkout/**", true],
    ["services/checkout-old/a.ts", "services/checkout/**", false],
    ["services/checkout/a.ts", "services/checkout/", true],
    ["services/checkout/a.ts", "./services/checkout/", true],
    ["a.ts", "*.ts", true],
    ["x/a.ts", "*.ts", false],
    ["x/y/a.ts", "**/*.ts", true],
    ["a.ts", "**/*.ts", true],
    ["a+b/(c).ts", "a+b/(c).ts", true],
    ["aab/c.ts", "a+b/c.ts", false],
    ["v1/a", "v?/a", true],
  ])("%s within %s: %s", (path, glob, expected) => {
    expect(isWithin(path, glob)).toBe(expected);
  });
});

describe("an incident whose issue", () => {
  const LATER = workAt(NOW + 30 * 24 * HOUR_MS);

  async function afterwards(happens: (issues: { labels: readonly string[] }[]) => void) {
    const { world, repository } = newRepository();
    push(repository, { at: daysAgo(30) });
    openIssue(repository, {
      ...{ number: 7, title: "Down", labels: ["incident"] },
      ...{ at: daysAgo(5), closedAt: daysAgo(4) },
    });
    const github = await serve(world);
    const kept = await collect(github);
    expect(kept.incidents.size).toBe(1);
    happens(repository.issues);
    return { github, repository, kept: await collect(github, LATER, kept) };
  }

  test("has lost its label is withdrawn, once, and counts again when it is back", async () => {
    const { github, repository, kept } = await afterwards(([issue]) => {
      if (issue) issue.labels = ["question"];
    });
    expect(kept.incidents.size).toBe(0);
    const since = kept.batches.length;
    await collect(github, LATER, kept);
    expect(kept.batches.slice(since).flatMap(({ withdrawn }) => withdrawn)).toEqual([]);
    const [issue] = repository.issues;
    if (issue) Object.assign(issue, { labels: ["incident"], updatedAt: LATER.now });
    await collect(github, LATER, kept);
    expect(kept.incidents.size).toBe(1);
  });

  test("was deleted is withdrawn", async () => {
    const { kept } = await afterwards((issues) => void issues.splice(0));
    expect(kept.batches.flatMap(({ withdrawn }) => withdrawn)).toHaveLength(1);
  });

  test("is as it was stays, and so does one that cannot be had at present", async () => {
    expect((await afterwards(() => undefined)).kept.incidents.size).toBe(1);
    const { github, kept } = await afterwards(() => undefined);
    github.fault = { kind: "partial", type: "Issue" };
    await collect(github, LATER, kept);
    expect(kept.incidents.size).toBe(1);
  });
});

describe("of several repositories", () => {
  const SICK = { ...RULE, service: "cart", source: "workflow" as const, workflow: "no/such.yml" };

  test("one that cannot be read is named, and the others go on", async () => {
    const { world } = sampleWorld(NOW);
    const cart = addRepository(world, "acme/cart");
    push(cart, { at: daysAgo(3) });
    const github = await serve(world);
    const work = workAt(NOW);
    const repositories = [
      { owner: "acme", name: "cart", services: [SICK] },
      ...work.repositories,
      { owner: "acme", name: "nowhere", services: [RULE] },
    ];
    const kept = await collect(github, { ...work, repositories });
    expect(kept.errors).toEqual([]);
    expect(kept.deployments.size).toBe(8);
    expect(kept.batches.flatMap(({ failures }) => failures)).toMatchObject([
      { repository: "acme/nowhere" },
      { repository: "acme/cart", message: expect.stringContaining("404") },
    ]);
    expect(kept.cursor).toMatchObject({ repositories: { "acme/checkout": { complete: true } } });
    const only = { ...work, repositories: repositories.filter(({ name }) => name !== "checkout") };
    await expect(collect(github, only)).rejects.toMatchObject({ httpStatus: 404 });
  });
});

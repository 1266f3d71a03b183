import { afterEach, describe, expect, test } from "vitest";
import {
  collectInto,
  factsOf,
  nothingKept,
  RULE,
  standInSource,
  workAt,
} from "#collectors/github/keep.ts";
import { deploy, openIssue, push, release, runWorkflow, tag } from "#demo/github/build.ts";
import { mergePull } from "#demo/github/merge.ts";
import { newRepository } from "#demo/github/sample.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import type { World } from "#demo/github/world.ts";

const NOW = Date.parse("2026-03-01T00:00:00Z");
const DAY_MS = 86_400_000;
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

describe("without deployments", () => {
  test.each(["release", "tag", "workflow", "merge"] as const)(
    "%s is the source",
    async (source) => {
      const { world, repository } = newRepository();
      const root = push(repository, { at: daysAgo(30) });
      const pull = mergePull(repository, {
        number: 1,
        openedAt: daysAgo(12),
        authoredAt: [daysAgo(13)],
        mergedAt: daysAgo(10),
      });
      const sha = pull.mergeSha ?? "";
      if (source === "release") {
        release(repository, { tag: "v1.0.0", sha: root.sha, at: daysAgo(29) });
        release(repository, { tag: "v1.1.0-rc.1", sha, at: daysAgo(9.5), prerelease: true });
        release(repository, { tag: "v1.1.0", sha, at: daysAgo(9) });
        tag(repository, "v1.1.0", { sha });
      } else if (source === "tag") {
        tag(repository, "v1.0.0", { sha: root.sha });
        tag(repository, "v1.1.0", { sha, taggedAt: daysAgo(9) });
        tag(repository, "nightly", { sha, taggedAt: daysAgo(8) });
      } else if (source === "workflow") {
        runWorkflow(repository, { workflow: "deploy.yml", sha: root.sha, at: daysAgo(29) });
        runWorkflow(repository, {
          workflow: "deploy.yml",
          sha,
          at: daysAgo(9.2),
          conclusion: "failure",
        });
        runWorkflow(repository, { workflow: "deploy.yml", sha, at: daysAgo(9) });
        runWorkflow(repository, { workflow: "test.yml", sha, at: daysAgo(8) });
      } else {
        mergePull(repository, {
          number: 2,
          openedAt: daysAgo(8),
          authoredAt: [daysAgo(8)],
          mergedAt: daysAgo(7),
        });
      }
      const workflow = source === "workflow" ? "deploy.yml" : null;
      const kept = await collect(await serve(world), workAt(NOW, [{ ...RULE, workflow }]));
      const successes = [...kept.deployments.values()]
        .filter(({ statuses }) => statuses.some(({ state }) => state === "success"))
        .toSorted((a, b) => a.createdAt - b.createdAt);
      expect(successes.map((each) => each.source)).toEqual([source, source]);
      const last = kept.shipped.get(successes.at(-1)?.id ?? "");
      expect(last).toMatchObject({ complete: true, confidence: "high" });
      expect(last?.shas).toHaveLength(1);
    },
  );

  test("a repository that is empty gives nothing, and no error", async () => {
    const kept = await collect(await serve(newRepository().world));
    expect(factsOf(kept)).toEqual({ deployments: [], changes: [], shipped: [], incidents: [] });
    expect(kept.batches.at(-1)?.repositories[0]?.complete).toBe(true);
  });
});

describe("two services of one repository", () => {
  test("share its deployments by environment, each with its own records", async () => {
    const { world, repository } = newRepository();
    const root = push(repository, { at: daysAgo(10) });
    deploy(repository, { sha: root.sha, at: daysAgo(9), environment: "production-cart" });
    deploy(repository, { sha: root.sha, at: daysAgo(8), environment: "production-till" });
    openIssue(repository, { number: 1, title: "Down", labels: ["incident"], at: daysAgo(1) });
    const services = ["cart", "till"].map((service) => ({
      ...RULE,
      service,
      environments: `-${service}$`,
    }));
    const kept = await collect(await serve(world), workAt(NOW, services));
    expect(
      [...kept.deployments.values()].map(({ service, environment }) => [service, environment]),
    ).toEqual([
      ["cart", "production-cart"],
      ["till", "production-till"],
    ]);
    expect(kept.batches[0]?.failures).toEqual([
      {
        repository: "acme/checkout",
        message: expect.stringContaining("incident #1 names no service"),
      },
    ]);
  });
});

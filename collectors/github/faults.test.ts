import { afterEach, describe, expect, test } from "vitest";
import {
  collectInto,
  factsOf,
  nothingKept,
  standInSource,
  workAt,
} from "#collectors/github/keep.ts";
import type { GithubFault } from "#demo/github/fault.ts";
import { busyWorld, sampleWorld } from "#demo/github/sample.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import type { World } from "#demo/github/world.ts";

const NOW = Date.parse("2026-03-01T00:00:00Z");
const running: GithubStandIn[] = [];

afterEach(async () => {
  for (const github of running.splice(0)) await github.close();
});

/** Serves a world with a fault at once, and again after each of the first batches. */
async function collectWith(world: World, fault: GithubFault | null, again = 0) {
  const github = await startGithub({ world, clock: () => NOW });
  running.push(github);
  if (fault) github.fault = fault;
  const kept = await collectInto(nothingKept(), {
    source: standInSource(github.url),
    work: workAt(NOW),
    onBatch: (saved) => {
      if (fault && saved <= again) github.fault = fault;
    },
  });
  return { kept, github };
}

/** The first request asks for the repository; deployments, pull requests and issues follow. */
const FAULTS: readonly GithubFault[] = [
  { kind: "rate-limited", resetSeconds: 60, times: 1 },
  { kind: "secondary", status: 403, retryAfterSeconds: 1, times: 2 },
  { kind: "secondary", status: 429, retryAfterSeconds: 1, times: 1 },
  { kind: "bad-gateway", above: 10 },
  { kind: "bad-gateway", above: 0, times: 3 },
  { kind: "partial", type: "Deployment", times: 2 },
  { kind: "partial", type: "PullRequest", times: 3 },
  { kind: "partial", type: "Issue", times: 4 },
  { kind: "garbage", times: 1 },
  { kind: "down", times: 2 },
  { kind: "slow", ms: 20, times: 3 },
  { kind: "restless", overlap: 3 },
];

describe("a fault leaves the facts of a quiet run", () => {
  test.each(FAULTS)("$kind at the beginning", async (fault) => {
    const quiet = await collectWith(sampleWorld(NOW).world, null);
    const { kept } = await collectWith(sampleWorld(NOW).world, fault);
    expect(factsOf(kept)).toEqual(factsOf(quiet.kept));
  });

  test.each(FAULTS)("$kind after each batch", async (fault) => {
    const quiet = await collectWith(sampleWorld(NOW).world, null);
    const { kept } = await collectWith(sampleWorld(NOW).world, fault, 6);
    expect(factsOf(kept)).toEqual(factsOf(quiet.kept));
  });

  test.each<GithubFault>([
    { kind: "down", times: 1 },
    { kind: "restless", overlap: 3 },
    { kind: "bad-gateway", above: 30 },
  ])("$kind, over many pages", async (fault) => {
    const quiet = await collectWith(busyWorld(NOW).world, null);
    const { kept } = await collectWith(busyWorld(NOW).world, fault, 3);
    expect(factsOf(kept)).toEqual(factsOf(quiet.kept));
  });
});

test("a run that breaks off goes on from its last batch: history is not fetched twice", async () => {
  const quiet = await collectWith(busyWorld(NOW).world, null);
  const broken = await collectWith(busyWorld(NOW).world, { kind: "down", times: 1 }, 3);
  const spent = (of: typeof quiet) =>
    of.github.desk.queries.reduce((n, { points }) => n + points, 0);
  expect(broken.kept.errors.length).toBeGreaterThanOrEqual(3);
  expect(spent(broken)).toBeLessThan(2 * spent(quiet));
});

test("what GitHub never gives is left out and named; the rest is kept", async () => {
  const fault: GithubFault = { kind: "partial", type: "Deployment" };
  const { kept } = await collectWith(sampleWorld(NOW).world, fault, 6);
  expect(kept.deployments.size).toBe(7);
  expect(kept.batches[0]?.failures).toEqual([
    { repository: "acme/checkout", message: expect.stringContaining("Something went wrong") },
  ]);
});

test.each<[GithubFault, object]>([
  [
    { kind: "rate-limited", resetSeconds: 90 },
    { httpStatus: 429, kind: "http" },
  ],
  [
    { kind: "secondary", status: 403, retryAfterSeconds: 7 },
    { httpStatus: 429, retryAfterMs: 7000 },
  ],
  [
    { kind: "secondary", status: 429, retryAfterSeconds: 7 },
    { httpStatus: 429, retryAfterMs: 7000 },
  ],
  [
    { kind: "bad-gateway", above: 0 },
    { httpStatus: 502, retryAfterMs: null },
  ],
  [{ kind: "garbage" }, { kind: "parse", message: expect.stringContaining("/api/v3") }],
  [{ kind: "redirect", to: "http://127.0.0.1:1/" }, { httpStatus: 302 }],
  [{ kind: "down" }, { kind: "network" }],
])("%j is an error that says so to the runner", async (fault, error) => {
  await expect(collectWith(sampleWorld(NOW).world, fault, 6)).rejects.toMatchObject({
    name: "UpstreamError",
    source: "stand-in",
    ...error,
  });
});

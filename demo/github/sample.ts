import { addRepository, deploy, emptyWorld, openIssue, push } from "#demo/github/build.ts";
import { mergePull } from "#demo/github/merge.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** An empty repository in a world of its own. */
export function newRepository() {
  const world = emptyWorld();
  return { world, repository: addRepository(world, "acme/checkout") };
}

/** Every way for a change to reach the main line, over the hundred days before `now`, and a bad one. */
export function sampleWorld(now: number) {
  const daysAgo = (days: number) => now - days * DAY_MS;
  const { world, repository } = newRepository();
  const root = push(repository, { at: daysAgo(120), message: "Begin" });
  const first = deploy(repository, { sha: root.sha, at: daysAgo(100) });
  const squash = mergePull(repository, {
    number: 1,
    openedAt: daysAgo(92),
    authoredAt: [daysAgo(95), daysAgo(93)],
    readyAt: [daysAgo(91.5)],
    reviews: [
      { author: "ada", at: daysAgo(91.4), state: "COMMENTED" },
      { author: "grace", at: daysAgo(91), state: "APPROVED" },
    ],
    labels: ["feature"],
    mergedAt: daysAgo(90),
  });
  const second = deploy(repository, { sha: squash.mergeSha ?? "", at: daysAgo(89) });
  deploy(repository, { sha: squash.mergeSha ?? "", at: daysAgo(89.5), environment: "staging" });
  const merge = mergePull(repository, {
    number: 2,
    by: "merge",
    openedAt: daysAgo(50),
    authoredAt: [daysAgo(52), daysAgo(51)],
    mergedAt: daysAgo(45),
  });
  const rebase = mergePull(repository, {
    number: 3,
    by: "rebase",
    openedAt: daysAgo(44),
    authoredAt: [daysAgo(48), daysAgo(47), daysAgo(46)],
    mergedAt: daysAgo(43),
    author: "renovate[bot]",
  });
  const lone = push(repository, { at: daysAgo(42), message: "Mend the build\n\nAt once." });
  const third = deploy(repository, { sha: lone.sha, at: daysAgo(41) });
  const bad = mergePull(repository, {
    number: 4,
    openedAt: daysAgo(6),
    authoredAt: [daysAgo(7)],
    mergedAt: daysAgo(5),
  });
  const failed = deploy(repository, {
    sha: bad.mergeSha ?? "",
    at: daysAgo(4.9),
    statuses: [{ state: "FAILURE", at: daysAgo(4.89) }],
  });
  const fourth = deploy(repository, {
    sha: bad.mergeSha ?? "",
    at: daysAgo(4.8),
    statuses: [
      { state: "SUCCESS", at: daysAgo(4.79) },
      { state: "INACTIVE", at: daysAgo(3.9) },
    ],
  });
  const rollback = deploy(repository, { sha: lone.sha, at: daysAgo(4) });
  const revert = mergePull(repository, {
    number: 5,
    title: 'Revert "Change 4"',
    body: "Reverts acme/checkout#4",
    openedAt: daysAgo(3.5),
    authoredAt: [daysAgo(3.6)],
    mergedAt: daysAgo(3.4),
  });
  const fifth = deploy(repository, { sha: revert.mergeSha ?? "", at: daysAgo(3) });
  openIssue(repository, {
    number: 6,
    title: "Checkout fails",
    labels: ["incident", "SEV1"],
    body: "Started: 2026-02-24T06:00:00Z\nCaused by: #4",
    at: daysAgo(4.6),
    closedAt: daysAgo(3),
    closedBy: [5],
  });
  return {
    world,
    repository,
    root,
    first,
    squash,
    second,
    merge,
    rebase,
    lone,
    third,
    bad,
    failed,
    fourth,
    rollback,
    revert,
    fifth,
  };
}

/** 300 deployments and 600 pull requests in ninety days, merged in each of the three ways. */
export function busyWorld(now: number) {
  const { world, repository } = newRepository();
  const start = now - 90 * DAY_MS;
  for (let n = 0; n < 600; n++) {
    const mergedAt = start + n * 216 * MINUTE_MS;
    const by = (["squash", "merge", "rebase"] as const)[n % 3];
    const authoredAt = [mergedAt - 3 * HOUR_MS, mergedAt - 2 * HOUR_MS];
    const openedAt = mergedAt - HOUR_MS;
    const pull = mergePull(repository, { number: n + 1, by, openedAt, authoredAt, mergedAt });
    const sha = pull.mergeSha ?? "";
    if (n % 2 === 1) deploy(repository, { sha, at: mergedAt + 10 * MINUTE_MS });
  }
  return { world, repository };
}

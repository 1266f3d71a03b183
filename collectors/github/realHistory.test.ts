import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { collectInto, nothingKept, RULE, standInSource } from "#collectors/github/keep.ts";
import { historyWorld, releaseHistory } from "#demo/github/history.ts";
import { startGithub } from "#demo/github/server.ts";

const FILE = join(import.meta.dirname, "../../../shared/data/dora-langfuse.json");
const DAY_MS = 86_400_000;

describe.skipIf(!existsSync(FILE))("a public project's releases, served and collected", () => {
  test("are the facts of the file: releases, commits of each, authors' times, pull requests", async () => {
    const history = releaseHistory.parse(JSON.parse(readFileSync(FILE, "utf8")));
    const now = (history.deployments.at(-1)?.deployed_at ?? 0) + DAY_MS;
    const world = historyWorld(history, "langfuse/langfuse");
    const github = await startGithub({ world, clock: () => now });
    const services = [{ ...RULE, service: "langfuse", production: "^prod" }];
    const kept = await collectInto(nothingKept(), {
      source: standInSource(github.url),
      work: {
        repositories: [{ owner: "langfuse", name: "langfuse", services }],
        incidentLabels: [],
        posted: [],
        now,
        historyMs: 2000 * DAY_MS,
      },
    });
    await github.close();

    const byRef = new Map([...kept.deployments.values()].map((each) => [each.ref, each]));
    const changeBySha = new Map(
      [...kept.changes.values()].flatMap((change) =>
        [...change.mergeShas, ...change.commits.map(({ sha }) => sha)].map((sha) => [sha, change]),
      ),
    );
    // 82 pages of commits and 143 of pull requests; every commit is read once.
    expect(kept.points?.used).toBeLessThanOrEqual(430);
    expect(byRef.size).toBe(history.deployments.length);
    for (const told of history.deployments) {
      const record = byRef.get(told.ref);
      expect(record).toMatchObject({
        sha: told.sha,
        createdAt: told.deployed_at,
        source: "release",
      });
      const shipped = kept.shipped.get(record?.id ?? "");
      expect(shipped, told.ref).toMatchObject({ previousSha: told.previous_sha, complete: true });
      expect(new Set(shipped?.shas), told.ref).toEqual(new Set(told.commits));
      for (const sha of told.commits) {
        const change = changeBySha.get(sha);
        const commit = change?.commits.find((each) => each.sha === sha);
        const fact = history.commits[sha];
        expect(commit?.authoredAt, sha).toBe(fact?.authored_at);
        expect(change?.number, sha).toBe(fact?.pr);
      }
    }
  }, 120_000);
});

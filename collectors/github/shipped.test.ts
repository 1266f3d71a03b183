import fc from "fast-check";
import { expect, test } from "vitest";
import { collectInto, nothingKept, standInSource, workAt } from "#collectors/github/keep.ts";
import { deploy, push } from "#demo/github/build.ts";
import { ancestorsOf } from "#demo/github/graph.ts";
import { newRepository } from "#demo/github/sample.ts";
import { startGithub } from "#demo/github/server.ts";
import type { Repository } from "#demo/github/world.ts";

const NOW = Date.parse("2026-03-01T00:00:00Z");
const HOUR_MS = 3_600_000;
const STEP_MS = 6 * HOUR_MS;

/** What happens, step after step; numbers choose among the commits that are there. */
const event = fc.oneof(
  fc.record({ kind: fc.constant("commit" as const), on: fc.nat(5) }),
  fc.record({ kind: fc.constant("merge" as const), on: fc.nat(5), other: fc.nat(20) }),
  fc.record({ kind: fc.constant("deploy" as const), of: fc.nat(8) }),
);

type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

function play(events: readonly Event[]): ReturnType<typeof newRepository> {
  const told = newRepository();
  const { repository } = told;
  const start = NOW - (events.length + 1) * STEP_MS;
  const shas = [push(repository, { at: start }).sha];
  const recent = (back: number) => shas.at(-1 - back) ?? shas[0] ?? "";
  for (const [index, each] of events.entries()) {
    const at = start + (index + 1) * STEP_MS;
    if (each.kind === "deploy") deploy(repository, { sha: recent(each.of), at });
    else
      shas.push(
        push(repository, { at, message: `${index}`, parents: parentsOf(each, recent) }).sha,
      );
  }
  return told;
}

function parentsOf(each: Exclude<Event, { kind: "deploy" }>, recent: (back: number) => string) {
  const parents = [recent(each.on), ...(each.kind === "merge" ? [recent(each.other)] : [])];
  return [...new Set(parents)];
}

/** Against the definition, with all history at hand. */
function expectShipped(repository: Repository, base: string, head: string): Set<string> {
  const before = ancestorsOf(repository, base);
  return new Set([...ancestorsOf(repository, head)].filter((sha) => !before.has(sha)));
}

test("whatever was branched, merged, rolled back and deployed, a deployment ships what the one before had not", async () => {
  const { world } = newRepository();
  const github = await startGithub({ world, clock: () => NOW, pointsPerHour: 1_000_000 });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 300 }), async (events) => {
      const { world: played, repository } = play(events);
      world.repositories.splice(0, 1, ...played.repositories);
      const { deployments, shipped } = await collectInto(nothingKept(), {
        source: standInSource(github.url),
        work: workAt(NOW),
      });
      for (const row of shipped.values()) {
        const head = deployments.get(row.deploymentId)?.sha ?? "";
        const whole = row.previousSha && expectShipped(repository, row.previousSha, head);
        expect(row.complete).toBe(true);
        expect(new Set(row.shas)).toEqual(whole || new Set());
      }
      expect(shipped.size).toBe(repository.deployments.length);
    }),
    { numRuns: 40 },
  );
  await github.close();
}, 120_000);

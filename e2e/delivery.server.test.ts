import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { doraAnswer } from "#app/api/v1/dora/schema.ts";
import { sourceList } from "#app/api/v1/schemas.ts";
import { historyWorld, type ReleaseHistory, releaseHistory } from "#demo/github/history.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import { type Product, startProduct, until } from "./product.ts";

/** The releases of a public project, kept beside the repository and not in it. */
const FILE = join(import.meta.dirname, "../../shared/data/dora-langfuse.json");

describe.skipIf(!existsSync(FILE))(
  "a public project's history, where ../shared/data is there",
  () => {
    let history: ReleaseHistory;
    let github: GithubStandIn;
    let product: Product;
    let folder: string;

    beforeAll(async () => {
      history = releaseHistory.parse(JSON.parse(readFileSync(FILE, "utf8")));
      github = await startGithub({
        world: historyWorld(history, "langfuse/langfuse"),
        clock: () => Date.now(),
      });
      folder = mkdtempSync(join(tmpdir(), "plimsoll-history-"));
      writeFileSync(join(folder, "plimsoll.yaml"), configuration(github.url));
      product = await startProduct({
        PLIMSOLL_CONFIG: join(folder, "plimsoll.yaml"),
        PLIMSOLL_DATABASE_URL: `pglite://${join(folder, "data")}`,
      });
      await until("the whole history has been read", () => isRead(product), 240_000);
    }, 300_000);
    afterAll(async () => {
      await product?.stop();
      await github?.close();
      if (folder) rmSync(folder, { recursive: true, force: true });
    });

    test("has in each month the releases and the lead times that a plain count gives", async () => {
      const months = Object.entries(plainly(history));
      expect(months.length).toBeGreaterThan(30);
      for (const [month, { releases, leadTimesMs }] of months) {
        const { deploymentFrequency, leadTime } = await metricsOf(product, month);
        expect([month, deploymentFrequency.value]).toEqual([month, releases]);
        const expected = [month, leadTimesMs.length, median(leadTimesMs)];
        expect([month, leadTime.n, leadTime.value]).toEqual(expected);
      }
    }, 120_000);

    test("says of what it cannot know that it is not known", async () => {
      const { changeFailureRate } = await metricsOf(product, "2025-03");
      expect(changeFailureRate).toMatchObject({ value: null, reason: "no-incident-source" });
      const { deploymentFrequency, leadTime } = await metricsOf(product, "2015-03");
      expect(deploymentFrequency).toMatchObject({ value: null, reason: "not-synced" });
      expect(leadTime).toMatchObject({ value: null, reason: "not-synced" });
    });
  },
);

function configuration(url: string): string {
  return [
    "sources:",
    `  github: { url: "${url}", token: demo-token, history: 2000d }`,
    "services:",
    "  - { name: langfuse, team: product, repository: langfuse/langfuse }",
  ].join("\n");
}

async function isRead({ url }: Product): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/sources`);
  const { sources } = sourceList.parse(await answer.json());
  const github = sources.find(({ kind }) => kind === "github");
  if (github?.error) throw new Error(github.error);
  return (github?.lastSuccessAt ?? null) !== null;
}

async function metricsOf({ url }: Product, month: string) {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const iso = (to: number) => new Date(Date.UTC(year, number - 1 + to)).toISOString();
  const answer = await fetch(`${url}/api/v1/dora?from=${iso(0)}&to=${iso(1)}&zone=UTC`);
  expect(answer.status).toBe(200);
  return doraAnswer.parse(await answer.json()).metrics;
}

interface Plain {
  releases: number;
  leadTimesMs: number[];
}

/** The same by other means: one pass over the file, month by month, nothing of ours. */
function plainly({ deployments, commits }: ReleaseHistory): Record<string, Plain> {
  const keyOf = (sha: string) => {
    const pr = commits[sha]?.pr ?? null;
    return pr === null ? sha : `#${pr}`;
  };
  const begun: Record<string, number> = {};
  for (const [sha, { authored_at }] of Object.entries(commits)) {
    begun[keyOf(sha)] = Math.min(begun[keyOf(sha)] ?? Number.MAX_VALUE, authored_at);
  }
  const months: Record<string, Plain> = {};
  const seen = new Set<string>();
  for (const { deployed_at, commits: shas } of deployments) {
    const month = new Date(deployed_at).toISOString().slice(0, 7);
    months[month] ??= { releases: 0, leadTimesMs: [] };
    months[month].releases++;
    for (const key of new Set(shas.map(keyOf))) {
      if (seen.has(key)) continue;
      seen.add(key);
      months[month].leadTimesMs.push(deployed_at - (begun[key] ?? 0));
    }
  }
  return months;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [a, b] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return a === undefined || b === undefined ? null : (a + b) / 2;
}

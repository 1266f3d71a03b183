import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { monthSpan } from "#lib/dora/calendar.ts";
import { DEFAULT_RULES, type DeliveryFacts, deliveryOf } from "#lib/dora/delivery.ts";
import type { Change } from "#lib/dora/facts.ts";
import { doraReport } from "#lib/dora/report.ts";
import { ALL_KNOWN, deployed, factsOf } from "#lib/dora/testing.ts";

/** The releases of a public project, kept beside the repository and not in it. */
const FILE = join(import.meta.dirname, "../../../shared/data/dora-langfuse.json");

const History = z.object({
  deployments: z.array(
    z.object({
      id: z.string(),
      sha: z.string(),
      deployed_at: z.string(),
      previous_sha: z.string().nullable(),
      commits: z.array(z.string()),
    }),
  ),
  commits: z.record(
    z.string(),
    z.object({ authored_at: z.string(), committed_at: z.string(), pr: z.number().nullable() }),
  ),
});
type History = z.infer<typeof History>;

const keyOf = (sha: string, pr: number | null) => (pr === null ? sha : `#${pr}`);

function factsFrom({ deployments, commits }: History): DeliveryFacts {
  const groups = Map.groupBy(Object.entries(commits), ([sha, { pr }]) => keyOf(sha, pr));
  return factsOf({
    records: deployments.map(({ id, sha, deployed_at }) => {
      const at = Date.parse(deployed_at);
      const statuses = [{ state: "success", at }];
      return deployed(id, 0, { sha, statuses, createdAt: at, source: "release" });
    }),
    shipped: deployments.map(({ id, previous_sha, commits: shas }) => ({
      ...{ deploymentId: id, previousSha: previous_sha, shas },
      ...{ confidence: "high", complete: true },
    })),
    changes: [...groups].map(([key, list]) => changeOf(key, list)),
  });
}

function changeOf(id: string, list: [string, History["commits"][string]][]): Change {
  const number = list[0]?.[1].pr ?? null;
  return {
    ...{ id, number, repository: "R", title: id, url: null, author: null, bot: false, labels: [] },
    commits: list.map(([sha, { authored_at }]) => ({ sha, authoredAt: Date.parse(authored_at) })),
    mergeShas: list.map(([sha]) => sha),
    ...{ openedAt: null, readyAt: null, firstReviewAt: null, reverts: null },
    mergedAt: Math.min(...list.map(([, { committed_at }]) => Date.parse(committed_at))),
  };
}

/** The same by other means: by month, one pass over the file, nothing of ours. */
function plainly({ deployments, commits }: History) {
  const authored: Record<string, number> = {};
  for (const [sha, c] of Object.entries(commits)) {
    const key = keyOf(sha, c.pr);
    authored[key] = Math.min(authored[key] ?? Number.MAX_VALUE, Date.parse(c.authored_at));
  }
  const months: Record<string, { count: number; hours: number[] }> = {};
  const shipped = new Set<string>();
  for (const { deployed_at, commits: shas } of deployments) {
    const month = deployed_at.slice(0, 7);
    months[month] ??= { count: 0, hours: [] };
    months[month].count++;
    for (const key of new Set(shas.map((sha) => keyOf(sha, commits[sha]?.pr ?? null)))) {
      if (shipped.has(key)) continue;
      shipped.add(key);
      months[month].hours.push(Date.parse(deployed_at) - (authored[key] ?? 0));
    }
  }
  return months;
}

function median(numbers: number[]): number | null {
  const s = numbers.toSorted((a, b) => a - b);
  const [a, b] = [s[(s.length - 1) >> 1], s[s.length >> 1]];
  return a === undefined || b === undefined ? null : (a + b) / 2;
}

describe.skipIf(!existsSync(FILE))(
  "the history of a public project, where ../shared/data is there",
  () => {
    test("has in each month the deployments and the lead times that a plain count gives", () => {
      const history = History.parse(JSON.parse(readFileSync(FILE, "utf8")));
      const delivery = deliveryOf(factsFrom(history), DEFAULT_RULES);
      const months = Object.entries(plainly(history));
      expect(months.length).toBeGreaterThan(30);
      for (const [month, { count, hours }] of months) {
        const span = monthSpan(month, "UTC") ?? { from: 0, to: 0 };
        const scope = { ...span, zone: "UTC", now: span.to, knowledge: ALL_KNOWN };
        const { deploymentFrequency, leadTime } = doraReport(delivery, scope).metrics;
        expect([month, deploymentFrequency.value]).toEqual([month, count]);
        expect([month, leadTime.n, leadTime.value]).toEqual([month, hours.length, median(hours)]);
      }
      expect(delivery.verdicts).toHaveLength(643);
    });
  },
);

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "#config/config.ts";
import { readDeliveryFacts } from "#db/reads/delivery.ts";
import { testStore } from "#db/testing.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import { tellDeliveries } from "#demo/story/deliveries/tell.ts";
import { collectDelivery } from "#jobs/delivery/run.ts";
import { deliveryUpstreams } from "#jobs/delivery/upstreams.ts";
import { monthSpan } from "#lib/dora/calendar.ts";
import { DEFAULT_RULES, type Delivery, deliveryOf } from "#lib/dora/delivery.ts";
import { doraReport } from "#lib/dora/report.ts";
import { ALL_KNOWN } from "#lib/dora/testing.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

/** The demo's deliveries as the product comes to know them: its configuration, collector and store. */
async function collected(anchor: number, now: number): Promise<Delivery> {
  const github: GithubStandIn = await startGithub({
    world: tellDeliveries(anchor, now),
    clock: () => now,
  });
  const store = await testStore();
  try {
    const upstream = deliveryUpstreams(configured(github.url)).get("github");
    if (!upstream) throw new Error("the demo configures no GitHub");
    const signal = AbortSignal.timeout(60_000);
    expect(await collectDelivery({ store, upstream, clock: () => now, signal })).toBe("ok");
    return deliveryOf(await readDeliveryFacts(store.db), DEFAULT_RULES);
  } finally {
    await store.close();
    await github.close();
  }
}

function configured(url: string) {
  const env = {
    PLIMSOLL_CONFIG: join(import.meta.dirname, "plimsoll.yaml"),
    PLIMSOLL_DATABASE_URL: "pglite://memory",
    DEMO_MAIN_URL: url,
    DEMO_EDGE_URL: url,
    DEMO_GITHUB_URL: url,
  };
  return loadConfig({ ...env, NODE_ENV: "test" }, import.meta.dirname).delivery;
}

/** The month so many before that of a moment, as YYYY-MM. */
function month(now: number, back: number): string {
  const at = new Date(now);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - back)).toISOString().slice(0, 7);
}

function reportOf(delivery: Delivery, now: number, back: number) {
  const span = monthSpan(month(now, back), "UTC");
  if (!span) throw new Error("no such month");
  return doraReport(delivery, { ...span, zone: "UTC", now, knowledge: ALL_KNOWN });
}

describe.each([
  ["a working morning", Date.UTC(2026, 4, 13, 9, 30)],
  ["a Sunday night", Date.UTC(2026, 6, 5, 23, 7)],
  ["the first of a month", Date.UTC(2026, 2, 1, 0, 12)],
  ["the last of a month", Date.UTC(2026, 7, 31, 16, 45)],
])("the demo's deliveries, begun on %s", (_, NOW) => {
  let delivery: Delivery;
  beforeAll(async () => {
    delivery = await collected(NOW, NOW);
  }, 60_000);

  const failed = () => delivery.verdicts.filter(({ failed: is }) => is);
  const incident = (title: string) => {
    const found = delivery.incidents.find((each) => each.title === title);
    if (!found) throw new Error(`there is no incident “${title}”`);
    const { method, deploymentId } = delivery.attributions.get(found.id) ?? {};
    const verdict = delivery.verdicts.find(({ deployment }) => deployment.id === deploymentId);
    return { incident: found, method, verdict };
  };

  test("come from each of the services that has a repository, by every way there is", () => {
    const services = new Set(delivery.verdicts.map(({ deployment }) => deployment.service));
    expect(services.size).toBe(11);
    const sources = new Set(delivery.verdicts.map(({ deployment }) => deployment.source));
    expect(sources).toEqual(new Set(["deployment", "release", "tag", "workflow", "merge"]));
    expect(delivery.verdicts.length).toBeGreaterThan(300);
  });

  test("put a deployment minutes before each burn of the budgets' story", () => {
    const causes = [
      ["Checkout fails at the payment form", "explicit", 3],
      ["Carts cannot be opened", "last-deployment", 3],
      ["Placing an order takes seconds", "explicit", 4],
      ["Search gives no results", "explicit", 5],
      ["Search times out for long queries", "remediation", 4],
      ["Postings were refused for twelve minutes", "explicit", 2],
    ] as const;
    for (const [title, method, minutes] of causes) {
      const of = incident(title);
      expect([title, of.method]).toEqual([title, method]);
      const finished = of.verdict?.deployment.finishedAt ?? 0;
      expect([title, of.incident.startedAt - finished]).toEqual([title, minutes * MINUTE]);
    }
    expect(incident("Mails are deferred by the provider").method).toBe("unattributed");
  });

  test("have a rollback, a revert and a hotfix, and few other failures", () => {
    const kinds = new Set(delivery.verdicts.flatMap(({ reworks }) => reworks.map((r) => r.kind)));
    expect(kinds).toEqual(new Set(["rollback", "revert", "hotfix", "incident"]));
    expect(failed().length / delivery.verdicts.length).toBeLessThan(0.1);
    const { verdict } = incident("Checkout fails at the payment form");
    expect(verdict?.failures.map(({ method }) => method).sort()).toEqual(
      ["incident", "revert", "rollback"].filter((m) => m !== "revert" || isReverted(NOW)),
    );
    expect((verdict?.restoration?.at ?? 0) - (verdict?.deployment.finishedAt ?? 0)).toBe(
      55 * MINUTE,
    );
  });

  test("waited long for reviews last month, so that lead time went up", () => {
    const [last, before] = [reportOf(delivery, NOW, 1), reportOf(delivery, NOW, 2)];
    const { leadTime } = last.metrics;
    expect((leadTime.value ?? 0) / (before.metrics.leadTime.value ?? 1)).toBeGreaterThan(1.3);
    const pickup = (report: typeof last) =>
      report.metrics.leadTime.stages?.find(({ stage }) => stage === "pickup")?.meanMs ?? 0;
    const [slow, usual] = [leadTime.stages ?? [], before.metrics.leadTime.stages ?? []];
    const grown = slow.map(({ stage, meanMs }, i) => [stage, meanMs - (usual[i]?.meanMs ?? 0)]);
    expect(grown.sort(([, a], [, b]) => Number(b) - Number(a))[0]?.[0]).toBe("pickup");
    expect(pickup(last)).toBeGreaterThan(3 * pickup(before));
  });

  test("give every metric a value with enough behind it, in either month", () => {
    for (const back of [1, 2]) {
      const { metrics } = reportOf(delivery, NOW, back);
      for (const [name, { value, reason }] of Object.entries(metrics)) {
        expect([name, back, value === null, reason]).toEqual([name, back, false, undefined]);
      }
      expect(metrics.deploymentFrequency.n).toBeGreaterThan(40);
      expect(metrics.changeFailureRate.value).toBeGreaterThan(0);
    }
  });
});

/** The revert of checkout's release ships 19 hours after it. */
function isReverted(now: number): boolean {
  const day = 24 * HOUR;
  const latest = now - 3 * day;
  const release = latest - ((latest - (14 * 60 + 20) * MINUTE) % day);
  return release + 19 * HOUR <= now;
}

describe("the telling", () => {
  const NOW = Date.UTC(2026, 4, 13, 9, 30);

  test("has an open incident, which ends while the demo runs", async () => {
    const openAt = async (now: number) => {
      const { incidents } = await collected(NOW, now);
      return incidents.filter(({ resolvedAt }) => resolvedAt === null).map(({ title }) => title);
    };
    expect(await openAt(NOW)).toEqual(["Carts cannot be opened"]);
    expect(await openAt(NOW + HOUR)).toEqual([]);
  }, 60_000);

  test("only adds to what was told before", () => {
    const [early, late] = [tellDeliveries(NOW, NOW), tellDeliveries(NOW, NOW + 9 * HOUR)];
    for (const [i, repository] of early.repositories.entries()) {
      const grown = late.repositories[i];
      expect([...repository.commits.keys()].every((sha) => grown?.commits.has(sha))).toBe(true);
      expect(grown?.deployments.slice(0, repository.deployments.length)).toEqual(
        repository.deployments,
      );
      expect(grown?.pulls.slice(0, repository.pulls.length)).toEqual(repository.pulls);
    }
    expect(late).not.toEqual(early);
  });

  test("knows nothing of the future", () => {
    for (const { commits, deployments, issues, pulls } of tellDeliveries(NOW, NOW).repositories) {
      const times = [
        ...[...commits.values()].map(({ committedAt }) => committedAt),
        ...deployments.flatMap(({ statuses }) => statuses.map(({ at }) => at)),
        ...issues.flatMap(({ createdAt, closedAt }) => [createdAt, closedAt ?? 0]),
        ...pulls.map(({ mergedAt }) => mergedAt ?? 0),
      ];
      expect(Math.max(...times)).toBeLessThanOrEqual(NOW);
    }
  });
});

import type { DeliveryFactsToSave } from "#db/writes/delivery.ts";
import type { Change, DeploymentRecord, Incident, ShippedCommits } from "#lib/dora/facts.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

export const END = Date.UTC(2026, 2, 1);
const SERVICES = 50;
const COMMITS_PER_CHANGE = 3;
const SPAN_MS = 180 * DAY;

export interface Size {
  readonly deployments: number;
  readonly commits: number;
  readonly incidents: number;
}

type Facts = Pick<DeliveryFactsToSave, "deployments" | "changes" | "shipped" | "incidents">;

/** Half a year of fifty services that deploy in turn, each what was merged since its last time. */
export function factsOf({ deployments, commits, incidents }: Size): Facts {
  const perDeployment = commits / COMMITS_PER_CHANGE / deployments;
  const made = Array.from({ length: deployments }, (_, n) => {
    const numbers = range(Math.floor(n * perDeployment), Math.floor((n + 1) * perDeployment));
    const at = END - SPAN_MS + (n * SPAN_MS) / deployments;
    return { record: record(n, at), changes: numbers.map((i) => change(i, at)) };
  });
  return {
    deployments: made.map(({ record: of }) => of),
    changes: made.flatMap(({ changes }) => changes),
    shipped: made.map(({ changes }, n) => shippedBy(n, changes)),
    incidents: range(0, incidents).map((n) => incident(n, incidents)),
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

const sha = (kind: string, n: number) => `${kind}${n.toString(16)}`.padEnd(40, "0");
const serviceOf = (n: number) => `service-${n % SERVICES}`;

function record(n: number, at: number): DeploymentRecord {
  const service = serviceOf(n);
  return {
    ...{ id: `github:${service}:D_${n}`, service, environment: "production" },
    ...{ sha: sha("d", n), ref: "main", createdAt: at - 5 * MINUTE, source: "deployment" },
    statuses: [
      { state: "queued", at: at - 5 * MINUTE },
      { state: "in_progress", at: at - 4 * MINUTE },
      { state: "success", at },
      { state: "inactive", at: at + 9 * HOUR },
    ],
    url: `https://github.example/acme/${service}/deployments/${n}`,
    creator: "github-actions",
  };
}

function change(n: number, deployedAt: number): Change {
  const mergedAt = deployedAt - HOUR;
  return {
    ...{ id: `pr:R#${n}`, repository: "R", number: n, title: `Change number ${n}`, bot: false },
    ...{ url: `https://github.example/acme/shop/pull/${n}`, author: `person-${n % 40}` },
    labels: n % 20 === 0 ? ["hotfix"] : ["feature"],
    commits: range(0, COMMITS_PER_CHANGE).map((i) => ({
      sha: sha(`c${i}`, n),
      authoredAt: mergedAt - (COMMITS_PER_CHANGE - i) * DAY,
    })),
    mergeShas: [sha("e", n)],
    ...{ openedAt: mergedAt - DAY, readyAt: mergedAt - DAY, firstReviewAt: mergedAt - HOUR },
    ...{ mergedAt, reverts: null },
  };
}

function shippedBy(n: number, changes: readonly Change[]): ShippedCommits {
  return {
    deploymentId: `github:${serviceOf(n)}:D_${n}`,
    previousSha: n < SERVICES ? null : sha("d", n - SERVICES),
    shas: changes.flatMap(({ commits, mergeShas }) => [
      ...commits.map((commit) => commit.sha),
      ...mergeShas,
    ]),
    confidence: "high",
    complete: true,
  };
}

function incident(n: number, of: number): Incident {
  const startedAt = END - SPAN_MS + (n * SPAN_MS) / of + HOUR;
  return {
    ...{ id: `pagerduty:${n}`, service: serviceOf(n), title: `Incident ${n}`, url: null },
    ...{ severity: "SEV2", startedAt, detectedAt: startedAt, mitigatedAt: null, links: [] },
    resolvedAt: startedAt + HOUR,
  };
}

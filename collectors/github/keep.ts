import { UpstreamError } from "#collectors/collector.ts";
import type { DeliveryBatch, Points } from "#collectors/delivery.ts";
import { githubCollector } from "#collectors/github/collector.ts";
import type { GithubSource } from "#collectors/github/source.ts";
import type { GithubWork, ServiceRule } from "#collectors/github/work.ts";
import type { Change, DeploymentRecord, Incident, ShippedCommits } from "#lib/dora/facts.ts";

/** What a store holds after its batches, for tests: rows by their ids, the last word wins. */
export interface Kept {
  readonly deployments: Map<string, DeploymentRecord>;
  readonly changes: Map<string, Change>;
  readonly shipped: Map<string, ShippedCommits>;
  readonly incidents: Map<string, Incident>;
  readonly batches: DeliveryBatch[];
  readonly errors: UpstreamError[];
  cursor: unknown;
  points: Points | null;
}

export function nothingKept(): Kept {
  return {
    deployments: new Map(),
    changes: new Map(),
    shipped: new Map(),
    incidents: new Map(),
    batches: [],
    errors: [],
    cursor: null,
    points: null,
  };
}

/** The source of a test, with the stand-in's usual token. */
export function standInSource(url: string): GithubSource {
  return { name: "stand-in", url, auth: { kind: "token", token: "demo-token" }, timeoutMs: 20_000 };
}

export interface Collecting {
  readonly source: GithubSource;
  readonly work: GithubWork;
  /** Called when so many batches have been saved in all. */
  readonly onBatch?: (saved: number) => void;
}

const ATTEMPTS = 20;

/** Runs until a run ends without an error, each from the last saved cursor, as the runner does. */
export async function collectInto(kept: Kept, collecting: Collecting): Promise<Kept> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      await runOnce(kept, collecting);
      return kept;
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      kept.errors.push(error);
    }
  }
  throw kept.errors.at(-1);
}

async function runOnce(kept: Kept, { source, work, onBatch }: Collecting): Promise<void> {
  const signal = AbortSignal.timeout(120_000);
  for await (const batch of githubCollector(source).collect(work, kept.cursor, signal)) {
    save(kept, batch);
    onBatch?.(kept.batches.length);
  }
}

function save(kept: Kept, batch: DeliveryBatch): void {
  for (const row of batch.deployments) kept.deployments.set(row.id, row);
  for (const row of batch.shipped) kept.shipped.set(row.deploymentId, row);
  for (const row of batch.incidents) kept.incidents.set(row.id, row);
  for (const id of batch.withdrawn) kept.incidents.delete(id);
  for (const row of batch.changes) {
    const before = kept.changes.get(row.id)?.mergeShas ?? [];
    kept.changes.set(row.id, { ...row, mergeShas: [...new Set([...before, ...row.mergeShas])] });
  }
  kept.batches.push(batch);
  kept.cursor = JSON.parse(JSON.stringify(batch.cursor));
  kept.points = batch.points;
}

/** All facts in an order of their own, so that two stores can be compared. */
export function factsOf({ deployments, changes, shipped, incidents }: Kept): object {
  return {
    deployments: sorted(deployments),
    changes: sorted(changes).map((row) => ({ ...row, mergeShas: row.mergeShas.toSorted() })),
    shipped: sorted(shipped).map((row) => ({ ...row, shas: row.shas.toSorted() })),
    incidents: sorted(incidents),
  };
}

function sorted<T>(rows: ReadonlyMap<string, T>): T[] {
  return [...rows].toSorted(([a], [b]) => a.localeCompare(b)).map(([, row]) => row);
}

/** The usual rule and work of a test about `acme/checkout`. */
export const RULE: ServiceRule = {
  service: "checkout",
  environments: null,
  production: "^prod(uction)?\\b",
  source: "auto",
  tags: null,
  workflow: null,
  paths: null,
};

export function workAt(now: number, services: readonly ServiceRule[] = [RULE]): GithubWork {
  return {
    repositories: [{ owner: "acme", name: "checkout", services }],
    incidentLabels: ["incident"],
    now,
    posted: [],
    historyMs: 400 * 86_400_000,
  };
}

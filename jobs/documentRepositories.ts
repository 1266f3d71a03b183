import { UpstreamError } from "#collectors/collector.ts";
import { githubClient } from "#collectors/github/client.ts";
import {
  collectDocuments,
  type DocumentsOutcome,
  type DocumentsWork,
} from "#collectors/github/documents.ts";
import type { GithubSource } from "#collectors/github/source.ts";
import type { DeliverySettings } from "#config/delivery.ts";
import { log } from "#config/log.ts";
import type { Store } from "#db/client.ts";
import { readDocumentRepositories } from "#db/reads/documentRepositories.ts";
import { forgetRepositories, saveRepositories } from "#db/writes/documentRepositories.ts";
import { githubSource } from "#jobs/delivery/upstreams.ts";
import { type Wait, withRetry } from "#jobs/retry.ts";

/** Repositories of services in which SLO documents are looked for. */
export interface RepositoryDocuments {
  readonly source: GithubSource;
  readonly repositories: readonly AskedRepository[];
}

interface AskedRepository {
  readonly owner: string;
  readonly name: string;
  /** Folders and files. */
  readonly paths: readonly string[];
}

/** What the configuration has of them; null: none is read. */
export function repositoryDocuments({
  github,
  services,
}: Pick<DeliverySettings, "github" | "services">): RepositoryDocuments | null {
  if (!github) return null;
  const places = services.flatMap(({ repository, slos }) =>
    repository && slos ? [{ ...repository, path: slos }] : [],
  );
  const sharing = Map.groupBy(places, (place) => nameOf(place).toLowerCase());
  const repositories = [...sharing.values()].flatMap((shared) => {
    const paths = [...new Set(shared.map(({ path }) => path))].sort();
    return shared.slice(0, 1).map(({ owner, name }) => ({ owner, name, paths }));
  });
  return repositories.length > 0 ? { source: githubSource(github), repositories } : null;
}

interface DocumentsRun {
  readonly store: Store;
  readonly documents: RepositoryDocuments;
  readonly clock: () => number;
  readonly signal: AbortSignal;
  /** Between attempts; really by default. */
  readonly wait?: Wait | undefined;
}

/**
 * Reads the documents of every repository and keeps them; the watch makes definitions of them. What
 * fails leaves them as they are, and is kept for the sources page: that GitHub itself does not answer
 * is told there by the run for deliveries.
 */
export async function readRepositories(run: DocumentsRun): Promise<void> {
  try {
    await withRetry(() => readOnce(run), {
      attempts: 2,
      baseMs: 2_000,
      maxWaitMs: 30_000,
      signal: run.signal,
      wait: run.wait,
    });
  } catch (error) {
    if (!(error instanceof UpstreamError)) {
      log().error({ err: error }, "reading documents of repositories failed on our side");
    } else {
      log().warn({ reason: error.message }, "documents of repositories could not be read");
    }
  }
}

async function readOnce({ store, documents, clock, signal }: DocumentsRun): Promise<void> {
  const { source, repositories } = documents;
  const known = new Map((await readDocumentRepositories(store.db)).map((row) => [row.name, row]));
  const work = repositories.map((each) => ({ ...each, known: known.get(nameOf(each)) ?? null }));
  const client = githubClient(source);
  const found: DocumentsOutcome[] = [];
  let isThrough = false;
  try {
    for await (const outcome of collectDocuments(client, work, signal)) found.push(outcome);
    isThrough = true;
  } finally {
    const read = found.flatMap(readOf);
    const failed = found.flatMap(failureOf);
    const configured = isThrough ? repositories.map(nameOf) : null;
    await saveRepositories(store.db, { read, failed, configured }, clock());
  }
  const { used, remaining } = client.points();
  log().debug({ repositories: found.length, points: used, remaining }, "repositories looked at");
}

function readOf(outcome: DocumentsOutcome) {
  if (outcome.state === "failed") return [];
  const { of, state: _read, ...read } = outcome;
  return [{ ...read, name: nameOf(of) }];
}

function failureOf(outcome: DocumentsOutcome) {
  if (outcome.state === "read") return [];
  return [{ name: nameOf(outcome.of), message: outcome.message }];
}

function nameOf({ owner, name }: Pick<DocumentsWork, "owner" | "name">): string {
  return `${owner}/${name}`;
}

/** Where no repository is read any more, what they said counts no more. */
export async function forgetUnconfigured(
  { db }: Store,
  documents: RepositoryDocuments | null,
): Promise<void> {
  if (documents === null) await forgetRepositories(db, []);
}

import type { DeliveryBatch, DeliveryCollector, RepositoryFact } from "#collectors/delivery.ts";
import { type GithubClient, githubClient } from "#collectors/github/client.ts";
import { type GithubCursor, readCursor } from "#collectors/github/cursor.ts";
import { repositoryById, repositoryByName } from "#collectors/github/queries/repository.ts";
import type { RepositoryNode } from "#collectors/github/schema.ts";
import type { GithubSource } from "#collectors/github/source.ts";
import { type Found, rulesOf, Visit } from "#collectors/github/visit.ts";
import type { GithubWork, RepositoryWork } from "#collectors/github/work.ts";

/** Collects deliveries from one GitHub: the latest days of every repository, then backwards. */
export function githubCollector(source: GithubSource): DeliveryCollector<GithubWork> {
  return {
    id: "github",
    async *collect(work, saved, signal) {
      const client = githubClient(source);
      const run: Run = { client, work, cursor: readCursor(saved), signal };
      const { visits, missing } = await openVisits(run);
      let failures = missing;
      for (const visit of visits) {
        yield batchOf(run, visit, withFailures(await visit.visit.newest(), failures));
        failures = [];
      }
      if (failures.length > 0) yield nothingBut(run, failures);
      yield* backwards(run, visits);
    },
  };
}

interface Run {
  readonly client: GithubClient;
  readonly work: GithubWork;
  readonly cursor: GithubCursor;
  readonly signal: AbortSignal;
}

interface OpenVisit {
  readonly key: string;
  readonly repository: RepositoryNode;
  readonly visit: Visit;
}

/** A step of each in turn, so that none waits for another's whole history. */
async function* backwards(run: Run, visits: readonly OpenVisit[]): AsyncIterable<DeliveryBatch> {
  let open = visits.filter(({ visit }) => !visit.isComplete());
  while (open.length > 0) {
    for (const each of open) yield batchOf(run, each, await each.visit.older());
    open = open.filter(({ visit }) => !visit.isComplete());
  }
}

async function openVisits(run: Run) {
  const { client, work, cursor, signal } = run;
  const found = new Map<RepositoryWork, RepositoryNode>();
  const missing: Failure[] = [];
  for (const of of work.repositories) {
    const repository = await resolve(run, of);
    if (repository) found.set(of, repository);
    else missing.push({ repository: keyOf(of), message: NOT_FOUND });
  }
  const known = new Map(
    [...found.values()].map(({ id, nameWithOwner }) => [nameWithOwner.toLowerCase(), id]),
  );
  const visits = [...found].map(([of, repository]) => {
    const before = cursor.repositories[keyOf(of)] ?? null;
    const isSame = before?.id === repository.id && before.rules === rulesOf({ of, work });
    const saved = isSame ? before : null;
    const visit = new Visit({ client, repository, of, work, known, saved, signal });
    return { key: keyOf(of), repository, visit };
  });
  return { visits, missing };
}

type Failure = DeliveryBatch["failures"][number];

const NOT_FOUND = "there is no such repository, or the token may not see it";

function keyOf({ owner, name }: RepositoryWork): string {
  return `${owner}/${name}`;
}

/** By its id where that is known; the configured name only counts until then. */
async function resolve({ client, cursor, signal }: Run, of: RepositoryWork) {
  const id = cursor.repositories[keyOf(of)]?.id;
  if (id) {
    const { data } = await client.query(repositoryById, { id }, signal);
    if (data.repository) return data.repository;
  }
  const { owner, name } = of;
  const { data } = await client.query(repositoryByName, { owner, name }, signal);
  return data.repository;
}

function batchOf(run: Run, { key, repository, visit }: OpenVisit, found: Found): DeliveryBatch {
  const state = visit.state();
  run.cursor.repositories[key] = state;
  const fact: RepositoryFact = {
    id: repository.id,
    fullName: repository.nameWithOwner,
    url: repository.url,
    collectedFrom: state.collectedFrom,
    complete: state.complete,
  };
  return { ...found, repositories: [fact], ...standing(run) };
}

/** The cursor as it is now: later batches must not change what was given with this one. */
function standing({ cursor, client }: Run) {
  return { cursor: structuredClone(cursor), points: client.points() };
}

function withFailures(found: Found, failures: readonly Failure[]): Found {
  return { ...found, failures: [...failures, ...found.failures] };
}

function nothingBut(run: Run, failures: readonly Failure[]): DeliveryBatch {
  const nothing = { deployments: [], changes: [], shipped: [], incidents: [], repositories: [] };
  return { ...nothing, failures, ...standing(run) };
}

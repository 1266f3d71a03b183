import type { DeliveryBatch, DeliveryCollector, RepositoryFact } from "#collectors/delivery.ts";
import { type GithubClient, githubClient } from "#collectors/github/client.ts";
import { type GithubCursor, readCursor } from "#collectors/github/cursor.ts";
import { repositoryById, repositoryByName } from "#collectors/github/queries/repository.ts";
import type { RepositoryNode } from "#collectors/github/schema.ts";
import { Sickbay } from "#collectors/github/sickbay.ts";
import type { GithubSource } from "#collectors/github/source.ts";
import { settleSources } from "#collectors/github/sources.ts";
import { type Found, rulesOf, Visit } from "#collectors/github/visit.ts";
import type { GithubWork, RepositoryWork } from "#collectors/github/work.ts";

/**
 * Collects deliveries from one GitHub: the latest days of every repository, then backwards. One that
 * cannot be read is told of at the end and holds up no other.
 */
export function githubCollector(source: GithubSource): DeliveryCollector<GithubWork> {
  return {
    id: "github",
    async *collect(work, saved, signal) {
      const client = githubClient(source);
      const sick = new Sickbay();
      const run: Run = { client, work, cursor: cursorOf(work, saved), signal, sick };
      const { visits, missing } = await openVisits(run);
      let failures: readonly Failure[] = missing;
      for (const visit of visits) {
        const found = await sick.keep(visit.key, () => visit.visit.newest());
        if (!found) continue;
        yield batchOf(run, visit, withFailures(found, failures));
        failures = [];
      }
      yield* backwards(run, visits);
      failures = [...failures, ...sick.failures(work.repositories.length - missing.length)];
      if (failures.length > 0) yield nothingBut(run, failures);
    },
  };
}

interface Run {
  readonly client: GithubClient;
  readonly work: GithubWork;
  readonly cursor: GithubCursor;
  readonly signal: AbortSignal;
  readonly sick: Sickbay;
}

interface OpenVisit {
  readonly key: string;
  readonly repository: RepositoryNode;
  readonly visit: Visit;
}

/** Without repositories that are asked about no more: their services may have moved to another. */
function cursorOf({ repositories }: GithubWork, saved: unknown): GithubCursor {
  const asked = new Set(repositories.map(keyOf));
  const cursor = readCursor(saved);
  const kept = Object.entries(cursor.repositories).filter(([key]) => asked.has(key));
  return { ...cursor, repositories: Object.fromEntries(kept) };
}

/** A step of each in turn, so that none waits for another's whole history. */
async function* backwards(run: Run, visits: readonly OpenVisit[]): AsyncIterable<DeliveryBatch> {
  const { sick } = run;
  const isOpen = ({ key, visit }: OpenVisit) => !sick.has(key) && !visit.isComplete();
  for (let open = visits.filter(isOpen); open.length > 0; open = open.filter(isOpen)) {
    for (const each of open) {
      const found = await sick.keep(each.key, () => each.visit.older());
      if (found) yield batchOf(run, each, found);
    }
  }
}

async function openVisits(run: Run) {
  const { work, sick } = run;
  const found = new Map<RepositoryWork, RepositoryNode>();
  const missing: Failure[] = [];
  for (const of of work.repositories) {
    const repository = await sick.keep(keyOf(of), () => resolve(run, of));
    if (repository) found.set(of, repository);
    else if (!sick.has(keyOf(of))) missing.push({ repository: keyOf(of), message: NOT_FOUND });
  }
  const known = new Map(
    [...found.values()].map(({ id, nameWithOwner }) => [nameWithOwner.toLowerCase(), id]),
  );
  const visits: OpenVisit[] = [];
  for (const [of, repository] of found) {
    const visit = await sick.keep(keyOf(of), () => openVisit(run, { of, repository, known }));
    if (visit) visits.push({ key: keyOf(of), repository, visit });
  }
  return { visits, missing };
}

interface Opening {
  readonly of: RepositoryWork;
  readonly repository: RepositoryNode;
  readonly known: ReadonlyMap<string, string>;
}

async function openVisit(run: Run, { of, repository, known }: Opening): Promise<Visit> {
  const { client, work, cursor, signal } = run;
  const last = cursor.repositories[keyOf(of)];
  const before = last?.id === repository.id ? last : null;
  const services = await settleSources({
    asking: { client, repository: repository.id, signal },
    repository,
    services: of.services,
    posted: work.posted,
    before: before?.chosen ?? {},
  });
  const saved = before?.rules === rulesOf({ services, work }) ? before : null;
  const issues = before?.issues ?? {};
  return new Visit({ client, repository, services, work, known, saved, issues, signal });
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
  return { ...nothing, withdrawn: [], failures, ...standing(run) };
}

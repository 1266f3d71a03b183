import { isDeepStrictEqual } from "node:util";
import { UpstreamError } from "#collectors/collector.ts";
import type { GithubClient } from "#collectors/github/client.ts";
import type { Asking } from "#collectors/github/commits.ts";
import {
  type Head,
  headsOf,
  NoSuchRepository,
  OutOfReach,
} from "#collectors/github/documentHeads.ts";
import { withTexts } from "#collectors/github/documentTexts.ts";
import { type FoundFile, filesUnder } from "#collectors/github/documentTree.ts";
import { concernsAll } from "#collectors/github/sickbay.ts";
import type { RepositoryFile } from "#lib/sources/repositoryFiles.ts";

/** A repository, the folders or files with SLO documents in it, and what was read of them before. */
export interface DocumentsWork {
  readonly owner: string;
  readonly name: string;
  readonly paths: readonly string[];
  readonly known: KnownDocuments | null;
}

interface KnownDocuments {
  readonly repositoryId: string | null;
  /** Git's name of what stands at each path; null: nothing. */
  readonly trees: Readonly<Record<string, string | null>>;
  readonly files: readonly RepositoryFile[];
}

/** Everything that the default branch holds, or why that is not known; never a part of it. */
export type DocumentsOutcome = { readonly of: DocumentsWork } & (
  | { readonly state: "failed"; readonly message: string }
  | ({ readonly state: "read"; readonly url: string; readonly commit: string } & ReadDocuments)
);

interface ReadDocuments {
  readonly repositoryId: string;
  readonly trees: KnownDocuments["trees"];
  readonly files: readonly RepositoryFile[];
}

/**
 * Reads the SLO documents of repositories from their default branches. What Git names as before is
 * not read again. One that cannot be read holds up no other; what fails for all of them is thrown.
 */
export async function* collectDocuments(
  client: GithubClient,
  work: readonly DocumentsWork[],
  signal: AbortSignal,
): AsyncIterable<DocumentsOutcome> {
  const heads = await newHeads(client, work, signal);
  for (const [i, of] of work.entries()) {
    const head = heads[i];
    if (!head || head instanceof OutOfReach) {
      yield { of, state: "failed", message: head?.message ?? "it was not asked" };
    } else {
      yield await outcomeOf({ client, repository: head.id, signal }, of, head);
    }
  }
}

/** By its id where that is known; where that leads nowhere, another may bear the name by now. */
async function newHeads(
  client: GithubClient,
  work: readonly DocumentsWork[],
  signal: AbortSignal,
): Promise<(Head | OutOfReach | undefined)[]> {
  const asked = work.map(({ known, ...of }) => ({ ...of, id: known?.repositoryId ?? null }));
  const heads: (Head | OutOfReach | undefined)[] = await headsOf(client, asked, signal);
  const lost = asked.flatMap((each, i) =>
    each.id !== null && heads[i] instanceof NoSuchRepository ? [i] : [],
  );
  const again = lost.flatMap((i) => asked.slice(i, i + 1)).map((each) => ({ ...each, id: null }));
  const byName = await headsOf(client, again, signal);
  for (const [at, i] of lost.entries()) heads[i] = byName[at];
  return heads;
}

async function outcomeOf(asking: Asking, of: DocumentsWork, head: Head): Promise<DocumentsOutcome> {
  try {
    return { of, state: "read", url: head.url, ...(await read(asking, of, head)) };
  } catch (error) {
    asking.signal.throwIfAborted();
    if (error instanceof UpstreamError && !concernsAll(error)) {
      return { of, state: "failed", message: error.message };
    }
    if (!(error instanceof OutOfReach)) throw error;
    return { of, state: "failed", message: error.message };
  }
}

async function read(asking: Asking, { paths, known }: DocumentsWork, head: Head) {
  const { id: repositoryId, commit, objects } = head;
  const trees = Object.fromEntries(paths.map((path, i) => [path, objects[i]?.oid ?? null]));
  const same = known?.repositoryId === repositoryId ? known : null;
  if (same && isDeepStrictEqual(trees, same.trees)) {
    return { repositoryId, commit, trees, files: same.files };
  }
  const found = new Map<string, FoundFile>();
  for (const [i, path] of paths.entries()) {
    const object = objects[i];
    if (!object) continue;
    for (const file of await filesUnder(asking, path, object)) found.set(file.path, file);
  }
  const files = await withTexts(asking, [...found.values()], { known: same?.files ?? [], commit });
  return { repositoryId, commit, trees, files };
}

import type { DocumentRepository } from "#db/reads/documentRepositories.ts";
import type { Scan } from "#jobs/documents.ts";
import { blobUrl, repositoryPlace } from "#lib/sources/repositoryFiles.ts";
import type { Finding } from "#lib/spec/model.ts";

/** Where a document of a repository is from. */
interface Origin {
  readonly repositoryUrl: string;
  readonly commit: string;
  readonly path: string;
}

/** The documents of repositories, as files of the folder are. */
export interface RepositoryScan extends Scan {
  /** By what the document is called. */
  readonly origins: ReadonlyMap<string, Origin>;
}

/** What repositories hold, with what cannot be read of it, or of them, as findings. */
export function scanRepositories(repositories: readonly DocumentRepository[]): RepositoryScan {
  const files = repositories.flatMap(({ name, files }) =>
    files.map((file) => ({ ...file, place: repositoryPlace(name, file.path) })),
  );
  const broken = files.flatMap(({ place, problem }) =>
    problem === null ? [] : [finding(place, `cannot be read: ${problem}`)],
  );
  return {
    files: files.flatMap(({ place, text, oid }) =>
      text === null ? [] : [{ file: place, text, hash: oid }],
    ),
    unreadable: [...repositories.flatMap(outOfReach), ...broken],
    origins: new Map(repositories.flatMap(originsOf)),
  };
}

function originsOf({ name, url, files }: DocumentRepository): [string, Origin][] {
  if (url === null) return [];
  return files.map(({ path, commit }) => [
    repositoryPlace(name, path),
    { repositoryUrl: url, commit, path },
  ]);
}

/** The commit and the page of a definition or a document; undefined for a file of the folder. */
export function originOf(
  { origins }: RepositoryScan,
  place: { readonly file: string; readonly line?: number },
): { readonly commit: string; readonly url: string } | undefined {
  const origin = origins.get(place.file);
  if (!origin) return undefined;
  const { commit, path, repositoryUrl } = origin;
  const line = place.line === undefined ? {} : { line: place.line };
  return { commit, url: blobUrl(repositoryUrl, { commit, path, ...line }) };
}

/** The repository itself, as a document that is there and cannot be read. */
function outOfReach({ name, error, files, commit }: DocumentRepository): Finding[] {
  if (error === null) return [];
  const kept =
    files.length === 0 || commit === null
      ? "none of its documents is known"
      : `what its documents said at ${commit.slice(0, 7)} stays in force`;
  return [finding(repositoryPlace(name, ""), `cannot be read: ${error}; ${kept}`)];
}

function finding(file: string, message: string): Finding {
  const place = { file, line: 1, column: 1, path: "" };
  return { ...place, severity: "error", code: "unreadable", message };
}

/** An SLO document of a repository as it last was. */
export interface RepositoryFile {
  /** In the repository. */
  readonly path: string;
  /** Git's name of the content. */
  readonly oid: string;
  /** Null where it is there and cannot be read. */
  readonly text: string | null;
  /** Why it cannot be read; null with a text. */
  readonly problem: string | null;
  /** At which this content was first seen. */
  readonly commit: string;
}

const OF_REPOSITORY = /^[^/:]+\/[^/:]+:/;

/**
 * What a document of a repository is called; the repository is `owner/name`.
 *
 * @example repositoryPlace("org/shop", "slos/api.yaml") // "org/shop:slos/api.yaml"
 */
export function repositoryPlace(repository: string, path: string): string {
  return `${repository}:${path}`;
}

/**
 * Whether a document's name is that of one in a repository; a file of the folder has none before a colon.
 *
 * @example isOfRepository("org/shop:slos/api.yaml") // true
 * @example isOfRepository("slos/api.yaml") // false
 */
export function isOfRepository(place: string): boolean {
  return OF_REPOSITORY.test(place);
}

/**
 * The repository that a document is in, as `owner/name`; null of a file of the folder.
 *
 * @example repositoryOf("org/shop:slos/api.yaml") // "org/shop"
 */
export function repositoryOf(place: string): string | null {
  return isOfRepository(place) ? place.slice(0, place.indexOf(":")) : null;
}

/**
 * Whether it is the name of a repository as a whole, which stands for all of its documents.
 *
 * @example isWholeRepository("org/shop:") // true
 */
export function isWholeRepository(place: string): boolean {
  return isOfRepository(place) && place.endsWith(":");
}

/**
 * Where a file stands on GitHub, as it was at a commit. Lines count from 1; without one it is the whole file.
 *
 * @example blobUrl("https://github.com/org/shop", { commit: "1a2b", path: "slos/a b.yaml", line: 3 })
 * // "https://github.com/org/shop/blob/1a2b/slos/a%20b.yaml#L3"
 */
export function blobUrl(
  repositoryUrl: string,
  at: { readonly commit: string; readonly path: string; readonly line?: number },
): string {
  const path = at.path.split("/").map(encodeURIComponent).join("/");
  const line = at.line === undefined ? "" : `#L${at.line}`;
  return `${repositoryUrl}/blob/${at.commit}/${path}${line}`;
}

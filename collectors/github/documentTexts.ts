import type { Asking } from "#collectors/github/commits.ts";
import { OutOfReach, whole } from "#collectors/github/documentHeads.ts";
import type { FoundFile } from "#collectors/github/documentTree.ts";
import { type BlobNode, blobsQuery } from "#collectors/github/queries/documents.ts";
import type { RepositoryFile } from "#lib/sources/repositoryFiles.ts";

/** A document larger than this is not an SLO document but a mistake. */
const MAX_BYTES = 1024 * 1024;
/** Of all documents of a repository. */
const MAX_BYTES_TOGETHER = 8 * MAX_BYTES;
const FILES_AT_ONCE = 50;
const BYTES_AT_ONCE = 2 * MAX_BYTES;

type Content = Pick<RepositoryFile, "text" | "problem">;

/** The files with their texts; what is known from before by its name in Git is not asked again. */
export async function withTexts(
  asking: Asking,
  found: readonly FoundFile[],
  at: { readonly known: readonly RepositoryFile[]; readonly commit: string },
): Promise<RepositoryFile[]> {
  const together = found.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  if (together > MAX_BYTES_TOGETHER) {
    throw new OutOfReach(
      `its documents have ${together} bytes together, more than ${MAX_BYTES_TOGETHER}; name a folder with nothing but SLO documents`,
    );
  }
  const contents = new Map<string, Content>(
    at.known.map(({ oid, text, problem }) => [oid, { text, problem }]),
  );
  const asked = new Map(
    found
      .filter((file) => refusal(file) === null && !contents.has(file.oid))
      .map((file) => [file.oid, file]),
  );
  for (const some of bySize([...asked.values()])) await read(asking, some, contents);
  const before = new Map(at.known.map((file) => [file.path, file]));
  return found
    .map((file) => {
      const { path, oid } = file;
      const last = before.get(path);
      const commit = last?.oid === oid ? last.commit : at.commit;
      return { path, oid, commit, ...contentOf(file, contents) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function contentOf(file: FoundFile, contents: ReadonlyMap<string, Content>): Content {
  const problem = refusal(file);
  if (problem !== null) return { text: null, problem };
  const content = contents.get(file.oid);
  if (content) return content;
  throw new OutOfReach(`GitHub did not give ${file.path}`);
}

/** Why a file is not even asked for. */
function refusal({ bytes, isLink }: FoundFile): string | null {
  if (isLink) return "it is a symbolic link; put the document itself there";
  if (bytes !== null && bytes > MAX_BYTES) return tooLarge(bytes);
  return null;
}

async function read(
  { client, repository, signal }: Asking,
  files: readonly FoundFile[],
  into: Map<string, Content>,
): Promise<void> {
  const query = blobsQuery(
    repository,
    files.map(({ oid }) => oid),
  );
  const blobs = whole(await client.query(query, query.variables, signal));
  for (const [i, { oid }] of files.entries()) {
    const blob = blobs[i];
    if (blob?.oid === oid) into.set(oid, contentIn(blob));
  }
}

function contentIn({ text, byteSize, isBinary, isTruncated }: BlobNode): Content {
  if (byteSize > MAX_BYTES || isTruncated) return { text: null, problem: tooLarge(byteSize) };
  const isText = typeof text === "string" && isBinary !== true && !text.includes("\0");
  const isExact = isText && (!text.includes("\uFFFD") || Buffer.byteLength(text) === byteSize);
  return isText && isExact
    ? { text, problem: null }
    : { text: null, problem: "it is not UTF-8 text" };
}

function tooLarge(bytes: number): string {
  return `it has ${bytes} bytes, more than are read of one document`;
}

/** Groups that are neither too many nor too large for one answer. */
function bySize(files: readonly FoundFile[]): FoundFile[][] {
  const groups: FoundFile[][] = [];
  let room = 0;
  for (const file of files) {
    const bytes = file.bytes ?? MAX_BYTES;
    const group = groups.at(-1);
    if (group && group.length < FILES_AT_ONCE && bytes <= room) group.push(file);
    else groups.push([file]);
    room = (groups.at(-1) === group ? room : BYTES_AT_ONCE) - bytes;
  }
  return groups;
}

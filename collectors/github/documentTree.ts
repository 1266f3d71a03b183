import { chunks } from "#collectors/github/bringers.ts";
import type { Asking } from "#collectors/github/commits.ts";
import { OutOfReach, whole } from "#collectors/github/documentHeads.ts";
import {
  type EntryNode,
  type ObjectNode,
  treesQuery,
} from "#collectors/github/queries/documents.ts";

/** A file that the tree names; its text is not read yet. */
export interface FoundFile {
  readonly path: string;
  readonly oid: string;
  readonly bytes: number | null;
  readonly isLink: boolean;
}

/** A folder of SLO documents with more than these is not one. */
const MAX_FILES = 500;
const MAX_FOLDERS = 200;
const FOLDERS_AT_ONCE = 50;
const DOCUMENT = /\.(ya?ml|json)$/i;
const LINK_MODE = 0o120000;

interface Folder {
  readonly path: string;
  readonly oid: string;
}

/** Every document at or under a path; `object` is what stands there. Complete, or an error. */
export async function filesUnder(
  asking: Asking,
  path: string,
  object: ObjectNode,
): Promise<FoundFile[]> {
  const { oid, __typename: type } = object;
  if (type === "Blob") return [{ path, oid, bytes: null, isLink: false }];
  if (type !== "Tree") throw new OutOfReach(`${path} is neither a folder nor a file`);
  const files: FoundFile[] = [];
  let seen = 0;
  for (let open: Folder[] = [{ path, oid }]; open.length > 0; ) {
    seen += open.length;
    if (seen > MAX_FOLDERS) throw tooMany(path, `${MAX_FOLDERS} folders`);
    const next: Folder[] = [];
    for (const some of chunks(open, FOLDERS_AT_ONCE)) {
      for (const { at, entry } of await entriesOf(asking, some)) {
        if (entry.type === "tree") next.push({ path: at, oid: entry.oid });
        else if (entry.type === "blob" && DOCUMENT.test(at)) files.push(fileOf(at, entry));
      }
    }
    if (files.length > MAX_FILES) throw tooMany(path, `${MAX_FILES} documents`);
    open = next;
  }
  return files;
}

/** Git keeps no empty folder: one that comes without entries was not told of. */
async function entriesOf({ client, repository, signal }: Asking, folders: readonly Folder[]) {
  const query = treesQuery(
    repository,
    folders.map(({ oid }) => oid),
  );
  const trees = whole(await client.query(query, query.variables, signal));
  return folders.flatMap(({ path }, i) => {
    const entries = trees[i]?.entries ?? [];
    if (entries.length === 0) throw new OutOfReach(`GitHub did not tell what is in ${path}`);
    return entries.map((entry) => ({ at: `${path}/${entry.name}`, entry }));
  });
}

function fileOf(path: string, { oid, size, mode }: EntryNode): FoundFile {
  return { path, oid, bytes: size, isLink: mode === LINK_MODE };
}

function tooMany(path: string, limit: string): OutOfReach {
  return new OutOfReach(
    `there are more than ${limit} under ${path}; name a folder with nothing but SLO documents`,
  );
}

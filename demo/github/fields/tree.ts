import { GraphQLError } from "graphql";
import type { Context } from "#demo/github/fields/context.ts";
import { type GitObject, objectAt, objectByOid, rootAt } from "#demo/github/files.ts";
import type { GitFile, Repository } from "#demo/github/world.ts";

/** GitHub gives no more than this of a text. */
const WHOLE_BYTES = 512 * 1024;
const MODES = { file: 0o100644, link: 0o120000, tree: 0o040000 };

interface ObjectArguments {
  readonly oid?: string | null;
  readonly expression?: string | null;
}

/** A folder or file, by its name or as `HEAD:path`; null where nothing is. */
export function gitObjectFields(
  repository: Repository,
  { oid, expression }: ObjectArguments,
  { broken, hollow }: Context,
): object | null {
  const [, path = null] = /^HEAD:(.*)$/s.exec(expression ?? "") ?? [];
  const { head } = repository;
  const byPath = path === null || head === null ? null : objectAt(rootAt(repository, head), path);
  const found = oid ? objectByOid(repository, oid) : byPath;
  if (!found || (hollow === "branch" && path !== null)) return null;
  const made = fieldsOf(found);
  if (hollow === "folder" && oid) return { ...made, entries: [] };
  if (broken === typeOf(found) && path !== "") throw lost();
  return made;
}

function fieldsOf(object: GitObject): object {
  const { oid } = object;
  if (object.type === "blob") return { __typename: "Blob", oid, ...textOf(object.file) };
  return {
    __typename: "Tree",
    oid,
    entries: [...object.entries].map(([name, entry]) => entryFields(name, entry)),
  };
}

function textOf(file: GitFile): object {
  const text = contentOf(file);
  const byteSize = Buffer.byteLength(text);
  const isBinary = text.includes("\0");
  const isTruncated = byteSize > WHOLE_BYTES;
  return { byteSize, isBinary, isTruncated, text: isBinary ? null : text.slice(0, WHOLE_BYTES) };
}

function entryFields(name: string, entry: GitObject): object {
  const { type, oid } = entry;
  if (entry.type === "tree") return { name, type, oid, mode: MODES.tree, size: 0 };
  const mode = typeof entry.file === "string" ? MODES.file : MODES.link;
  return { name, type, oid, mode, size: Buffer.byteLength(contentOf(entry.file)) };
}

function contentOf(file: GitFile): string {
  return typeof file === "string" ? file : file.link;
}

function typeOf({ type }: GitObject): string {
  return type === "blob" ? "Blob" : "Tree";
}

function lost(): GraphQLError {
  return new GraphQLError("Something went wrong while loading this object.");
}

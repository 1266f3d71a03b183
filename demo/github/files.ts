import { makeCommit, shaOf } from "#demo/github/build.ts";
import type { Commit, GitFile, Repository } from "#demo/github/world.ts";

/** A commit onto the default branch that changes files (null takes one away); the others stay as they are. */
export function pushFiles(
  repository: Repository,
  plan: { readonly at: number; readonly files: Readonly<Record<string, GitFile | null>> },
): Commit {
  const files = new Map(filesAt(repository, repository.head));
  for (const [path, file] of Object.entries(plan.files)) {
    if (file === null) files.delete(path);
    else files.set(path, file);
  }
  const message = `Change ${Object.keys(plan.files).join(", ").slice(0, 50)}`;
  const commit = { ...makeCommit(repository, { at: plan.at, message }), files };
  repository.commits.set(commit.sha, commit);
  repository.head = commit.sha;
  return commit;
}

type Files = ReadonlyMap<string, GitFile>;
const NONE: Files = new Map();

function filesAt(repository: Repository, sha: string | null | undefined): Files {
  for (let at = sha; at; ) {
    const commit = repository.commits.get(at);
    if (commit?.files) return commit.files;
    at = commit?.parents[0];
  }
  return NONE;
}

/** A folder or a file as Git names it. */
export type GitObject =
  | { readonly type: "blob"; readonly oid: string; readonly file: GitFile }
  | {
      readonly type: "tree";
      readonly oid: string;
      readonly entries: ReadonlyMap<string, GitObject>;
    };

const made = new WeakMap<Files, GitObject>();

/** The folder of everything that a commit holds. */
export function rootAt(repository: Repository, sha: string | null): GitObject {
  const files = filesAt(repository, sha);
  const root = made.get(files) ?? treeOf([...files]);
  made.set(files, root);
  return root;
}

function treeOf(files: readonly (readonly [string, GitFile])[]): GitObject {
  const folders = Map.groupBy(files, ([path]) => path.split("/", 1)[0] ?? "");
  const entries = new Map(
    [...folders].map(([name, within]) => {
      const [own] = within.filter(([path]) => path === name);
      const below = within.map(([path, file]) => [path.slice(name.length + 1), file] as const);
      return [name, own ? blobOf(own[1]) : treeOf(below)];
    }),
  );
  const seed = [...entries].map(([name, { oid }]) => `${name} ${oid}`).sort();
  return { type: "tree", oid: shaOf(`tree ${seed.join(" ")}`), entries };
}

function blobOf(file: GitFile): GitObject {
  return { type: "blob", oid: shaOf(`blob ${JSON.stringify(file)}`), file };
}

/** What stands at a path; null: nothing. An empty path is the folder itself. */
export function objectAt(root: GitObject, path: string): GitObject | null {
  let at: GitObject | undefined = root;
  for (const name of path.split("/").filter((part) => part !== "")) {
    at = at?.type === "tree" ? at.entries.get(name) : undefined;
  }
  return at ?? null;
}

/** An object of any commit, by its name. */
export function objectByOid(repository: Repository, oid: string): GitObject | null {
  for (const sha of repository.commits.keys()) {
    const found = within(rootAt(repository, sha), oid);
    if (found) return found;
  }
  return null;
}

function within(object: GitObject, oid: string): GitObject | null {
  if (object.oid === oid) return object;
  if (object.type === "blob") return null;
  for (const each of object.entries.values()) {
    const found = within(each, oid);
    if (found) return found;
  }
  return null;
}

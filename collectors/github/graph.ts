import type { CommitNode } from "#collectors/github/schema.ts";

/** Commits with their parents, as far as they have been fetched. */
export class CommitGraph {
  readonly #commits = new Map<string, CommitNode>();

  add(commits: readonly CommitNode[]): void {
    for (const commit of commits) this.#commits.set(commit.oid, commit);
  }

  get(oid: string): CommitNode | null {
    return this.#commits.get(oid) ?? null;
  }

  /** All that can be reached, itself and commits that are not fetched yet included. */
  ancestors(oid: string): Set<string> {
    const reached = new Set<string>();
    this.#walk(oid, reached);
    return reached;
  }

  /** What can be reached from a commit without touching `known`; `missing` = not fetched yet. */
  beyond(oid: string, known: ReadonlySet<string>): Beyond {
    const reached = new Set<string>();
    const touched = this.#walk(oid, reached, known);
    const missing = [...reached].filter((each) => !this.#commits.has(each));
    return { reached, missing, touched };
  }

  #walk(oid: string, reached: Set<string>, stop: ReadonlySet<string> = NONE): Set<string> {
    const touched = new Set<string>();
    const open = [oid];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (stop.has(next)) touched.add(next);
      else if (!reached.has(next)) {
        reached.add(next);
        for (const parent of this.#commits.get(next)?.parents.nodes ?? []) open.push(parent.oid);
      }
    }
    return touched;
  }
}

const NONE: ReadonlySet<string> = new Set();

export interface Beyond {
  readonly reached: ReadonlySet<string>;
  readonly missing: readonly string[];
  /** Where the walk met `known`. */
  readonly touched: ReadonlySet<string>;
}

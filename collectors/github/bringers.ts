import { commitChange, type Place, pullChange } from "#collectors/github/change.ts";
import type { Asking } from "#collectors/github/commits.ts";
import { bringersQuery } from "#collectors/github/queries/history.ts";
import { pullsById, pullsWithFilesById } from "#collectors/github/queries/pulls.ts";
import type { CommitNode, PullNode } from "#collectors/github/schema.ts";
import type { Change } from "#lib/dora/facts.ts";

/** Objects by id that one query asks for. */
const IDS = 100;
const PULL_IDS = 50;

/** The pull requests of a run, and which commits are known to be theirs. */
export class Bringers {
  readonly #pulls = new Map<string, PullNode>();
  /** By commit: its pull request, or null where none brought it. */
  readonly #settled = new Map<string, string | null>();
  readonly #byId: typeof pullsById;

  constructor(withFiles: boolean) {
    this.#byId = withFiles ? pullsWithFilesById : pullsById;
  }

  add(pulls: readonly PullNode[]): void {
    for (const pull of pulls) {
      this.#pulls.set(pull.id, pull);
      if (pull.mergeCommit) this.#settled.set(pull.mergeCommit.oid, pull.id);
      for (const { commit } of pull.commits.nodes) this.#settled.set(commit.oid, pull.id);
    }
  }

  /** The pull request that brought a commit; null when none is known to have. */
  pullOf(sha: string): PullNode | null {
    return this.#pulls.get(this.#settled.get(sha) ?? "") ?? null;
  }

  /**
   * Changes for commits that no known pull request explains: GitHub is asked who brought them, e.g. by a
   * rebase; what nobody brought is a change of its own.
   */
  async explain(asking: Asking, place: Place, shipped: readonly CommitNode[]): Promise<Change[]> {
    const open = shipped.filter(({ oid }) => !this.#settled.has(oid));
    const owners = await ownersOf(asking, open);
    for (const { oid } of open) this.#settled.set(oid, owners.get(oid) ?? null);
    await this.#fetch(asking, [...new Set(owners.values())]);
    const lone = open.filter(({ oid }) => !owners.has(oid));
    const landed = Map.groupBy(owners.keys(), (oid) => owners.get(oid) ?? "");
    const brought = [...landed].flatMap(([id, shas]) => {
      const pull = this.#pulls.get(id);
      return (pull && pullChange(place, pull, landedOf(pull, shas))) ?? [];
    });
    return [...brought, ...lone.map((commit) => commitChange(place.repository, commit))];
  }

  async #fetch({ client, signal }: Asking, ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !this.#pulls.has(id));
    for (const some of chunks(unknown, PULL_IDS)) {
      const { data } = await client.query(this.#byId, { ids: some }, signal);
      this.add(data.nodes);
    }
  }
}

/** What the merge made anew; a branch's own commits are told as such. */
function landedOf({ commits }: PullNode, shas: readonly string[]): string[] {
  const own = new Set(commits.nodes.map(({ commit }) => commit.oid));
  return shas.filter((sha) => !own.has(sha));
}

/** The merged pull request of each commit that came by one. */
async function ownersOf({ client, signal }: Asking, commits: readonly CommitNode[]) {
  const owners = new Map<string, string>();
  for (const some of chunks(commits, IDS)) {
    const ids = some.map(({ id }) => id);
    const { data } = await client.query(bringersQuery, { ids }, signal);
    for (const { oid, associatedPullRequests } of data.nodes) {
      const pull = associatedPullRequests?.nodes?.find((each) => each?.mergedAt);
      if (pull) owners.set(oid, pull.id);
    }
  }
  return owners;
}

export function chunks<T>(rows: readonly T[], size: number): T[][] {
  const count = Math.ceil(rows.length / size);
  return Array.from({ length: count }, (_, i) => rows.slice(i * size, (i + 1) * size));
}

import type { GithubClient } from "#collectors/github/client.ts";
import { CommitGraph } from "#collectors/github/graph.ts";
import { historyQuery } from "#collectors/github/queries/history.ts";
import type { CommitNode } from "#collectors/github/schema.ts";
import { type Track, track } from "#collectors/github/track.ts";

/** A repository and the means to ask about it. */
export interface Asking {
  readonly client: GithubClient;
  readonly repository: string;
  readonly signal: AbortSignal;
}

/** What one walk backwards may read at most beyond its floor: a branch can be very old. */
const DEEPER_PAGES = 10;
const DEEPER_MS = 30 * 86_400_000;

/**
 * The commits of a repository, read once from new to old: along the default branch, and from every
 * other commit that is asked for and does not lie on it.
 */
export class Commits {
  readonly graph = new CommitGraph();
  readonly #asking: Asking;
  readonly #tips = new Map<string, Track<CommitNode>>();
  readonly #main: string | null;
  /** Commits that GitHub does not have any more, after a force-push. */
  readonly gone = new Set<string>();
  #floor: number;

  /** `tip` is where the default branch is; `until` (epoch ms) leaves out what is newer. */
  constructor(asking: Asking, start: { tip: string | null; floor: number; until?: number }) {
    this.#asking = asking;
    this.#floor = start.floor;
    this.#main = start.tip;
    if (start.tip !== null) this.#tips.set(start.tip, this.#track(start.tip, start.until));
  }

  /** Reads all that is reachable down to `floor`, from the branch and from `wanted`. */
  async read(wanted: readonly string[], floor: number): Promise<void> {
    this.#floor = Math.min(floor, this.#floor);
    for (const line of this.#tips.values()) await this.#readLine(line);
    const covered = this.#covered();
    for (const sha of wanted) {
      if (covered.has(sha) || this.gone.has(sha)) continue;
      await this.#readTip(sha);
      for (const each of this.graph.ancestors(sha)) covered.add(each);
    }
  }

  /** Reads further back, step by step, until nothing is missing or enough has been tried. */
  async readDeeper(isMissing: () => boolean): Promise<void> {
    for (let page = 0; page < DEEPER_PAGES && isMissing() && !this.#isDone(); page++) {
      await this.read([], this.#floor - DEEPER_MS);
    }
  }

  /** Lets go of every line but the default branch and those of commits that are still asked about. */
  keepOnly(wanted: readonly string[]): void {
    const kept = new Set([...wanted, this.#main]);
    for (const tip of this.#tips.keys()) if (!kept.has(tip)) this.#tips.delete(tip);
  }

  async #readTip(sha: string): Promise<void> {
    const line = this.#track(sha);
    await this.#readLine(line);
    if (this.graph.get(sha)) this.#tips.set(sha, line);
    else this.gone.add(sha);
  }

  async #readLine(line: Track<CommitNode>): Promise<void> {
    this.graph.add(await line.readUntil(this.#floor));
  }

  #covered(): Set<string> {
    return new Set([...this.#tips.keys()].flatMap((tip) => [...this.graph.ancestors(tip)]));
  }

  #isDone(): boolean {
    return [...this.#tips.values()].every((line) => line.position().done);
  }

  #track(oid: string, until?: number): Track<CommitNode> {
    const { client, repository, signal } = this.#asking;
    return track({
      pageSize: 100,
      timeOf: ({ committedDate }) => committedDate,
      ask: async (first, after) => {
        const time = until === undefined ? null : new Date(until).toISOString();
        const variables = { repository, oid, first, after, until: time };
        const { data, problems } = await client.query(historyQuery, variables, signal);
        const page = data.node.object?.history;
        if (!page && problems.length > 0) throw client.refusal(problems);
        const next = page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
        return { rows: page?.nodes ?? [], next };
      },
    });
  }
}

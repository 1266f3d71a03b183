import { chunks } from "#collectors/github/bringers.ts";
import type { GithubClient } from "#collectors/github/client.ts";
import { deploymentsById } from "#collectors/github/queries/deployments.ts";
import type { DeploymentNode } from "#collectors/github/schema.ts";

/** A deployment that has not ended by then never will. */
const OPEN_MS = 30 * 86_400_000;
const IDS = 100;
const ENDED = new Set(["SUCCESS", "FAILURE", "ERROR", "INACTIVE", "DESTROYED"]);

/** Deployments that had not ended when they were last seen. */
export class OpenDeployments {
  #ids: Set<string>;

  constructor(ids: readonly string[]) {
    this.#ids = new Set(ids);
  }

  ids(): string[] {
    return [...this.#ids];
  }

  /** Asks again for those that are not among the ones just read, and notes which are open now. */
  async follow(
    read: readonly DeploymentNode[],
    { client, now, signal }: { client: GithubClient; now: number; signal: AbortSignal },
  ): Promise<readonly DeploymentNode[]> {
    const seen = new Set(read.map(({ id }) => id));
    const late: DeploymentNode[] = [];
    const unseen = this.ids().filter((id) => !seen.has(id));
    for (const ids of chunks(unseen, IDS)) {
      const { data } = await client.query(deploymentsById, { ids }, signal);
      late.push(...data.nodes);
    }
    for (const node of [...late, ...read]) {
      if (hasEnded(node) || node.createdAt < now - OPEN_MS) this.#ids.delete(node.id);
      else this.#ids.add(node.id);
    }
    return late;
  }
}

function hasEnded({ statuses }: DeploymentNode): boolean {
  return statuses.some(({ state }) => ENDED.has(state));
}

import { chunks } from "#collectors/github/bringers.ts";
import type { Asking } from "#collectors/github/commits.ts";
import { incidentId, labelsOf } from "#collectors/github/incident.ts";
import { issuesById } from "#collectors/github/queries/issues.ts";
import type { IssueNode } from "#collectors/github/schema.ts";

/** Issues that are incidents: when each was closed (epoch ms), null while it is open. */
export type IncidentIssues = Readonly<Record<string, number | null>>;

/** So long after it was closed, an issue is still looked at. */
const LOOKED_AT_MS = 90 * 86_400_000;
const IDS = 100;

/** What ceases to be an incident is in no list by label: it is asked for by its id. */
export class KnownIssues {
  #issues: Map<string, number | null>;
  readonly #seen = new Set<string>();

  constructor(issues: IncidentIssues) {
    this.#issues = new Map(Object.entries(issues));
  }

  /** An issue that was just read as an incident. */
  note({ id, closedAt }: IssueNode): void {
    this.#issues.set(id, closedAt ?? null);
    this.#seen.add(id);
  }

  /** Those that are still looked at, at `now` (epoch ms). */
  state(now: number): IncidentIssues {
    const isYoung = ([, closedAt]: readonly [string, number | null]) =>
      closedAt === null || closedAt > now - LOOKED_AT_MS;
    return Object.fromEntries([...this.#issues].filter(isYoung));
  }

  /** Ids of incidents whose issue has lost its label, was deleted, or went to another repository. */
  async withdrawn(asking: Asking, labels: readonly string[]): Promise<string[]> {
    // Who takes no incidents from here any more has not said that there were none.
    if (labels.length === 0) return [];
    const unseen = [...this.#issues.keys()].filter((id) => !this.#seen.has(id));
    const gone: string[] = [];
    for (const ids of chunks(unseen, IDS)) gone.push(...(await goneOf(asking, ids, labels)));
    for (const id of gone) this.#issues.delete(id);
    return gone.map(incidentId);
  }
}

async function goneOf(
  { client, repository, signal }: Asking,
  ids: readonly string[],
  labels: readonly string[],
): Promise<string[]> {
  const { data, problems } = await client.query(issuesById, { ids }, signal);
  const wanted = new Set(labels.map((label) => label.toLowerCase()));
  const isIncident = (node: Parameters<typeof labelsOf>[0]) =>
    labelsOf(node).some((name) => wanted.has(name.toLowerCase()));
  const found = new Map(data.nodes.map((node) => [node.id, node]));
  // What could not be had for another reason than that it is gone may still be there.
  const isSure = problems.every(({ type }) => type === "NOT_FOUND");
  return ids.filter((id) => {
    const node = found.get(id);
    if (!node) return isSure;
    return node.repository.id !== repository || !isIncident(node);
  });
}

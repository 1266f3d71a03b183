import type { openLists } from "#collectors/github/lists.ts";
import {
  deploymentRecord,
  type Owner,
  releaseRecord,
  runRecord,
  tagRecord,
} from "#collectors/github/record.ts";
import type { DeploymentNode } from "#collectors/github/schema.ts";
import type { Position, Track } from "#collectors/github/track.ts";
import type { DeploymentRecord, DeploymentSource } from "#lib/dora/facts.ts";

export type Lists = ReturnType<typeof openLists>;

/** One list of deployments, whatever it is made of. */
export interface Feed {
  readonly name: string;
  read(floor: number): Promise<readonly DeploymentRecord[]>;
  position(): Position;
}

/** The lists behind one source; workflows have one each. */
export function feedsOf(
  lists: Lists,
  source: DeploymentSource,
  owners: readonly Owner[],
  seen: { deployments: DeploymentNode[] },
): Feed[] {
  if (source === "deployment") {
    const noted = noting(lists.deployment, (rows) => seen.deployments.push(...rows));
    return [feed("deployment", noted, owners, deploymentRecord)];
  }
  if (source === "release") return [feed("release", lists.release, owners, releaseRecord)];
  if (source === "tag") return [feed("tag", lists.tag, owners, tagRecord)];
  // Merges are among the pull requests, and what is handed in is here already.
  if (source === "merge" || source === "api") return [];
  const byFile = Map.groupBy(owners, ({ rule }) => rule.workflow ?? "");
  return [...byFile].flatMap(([file, of]) =>
    file === "" ? [] : [feed(`workflow:${file}`, lists.workflow(file), of, runRecord)],
  );
}

function noting<T>(list: Track<T>, note: (rows: readonly T[]) => void): Track<T> {
  return {
    position: list.position,
    async readUntil(floor) {
      const rows = await list.readUntil(floor);
      note(rows);
      return rows;
    },
  };
}

function feed<T>(
  name: string,
  list: Track<T>,
  owners: readonly Owner[],
  recordOf: (owner: Owner, row: T) => DeploymentRecord | null,
): Feed {
  return {
    name,
    position: list.position,
    async read(floor) {
      const rows = await list.readUntil(floor);
      return owners.flatMap((owner) => rows.flatMap((row) => recordOf(owner, row) ?? []));
    },
  };
}

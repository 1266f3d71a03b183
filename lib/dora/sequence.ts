import { isShortSha } from "#lib/dora/changes.ts";
import { type Deployment, sequenceOf } from "#lib/dora/deployment.ts";

/** Where deployments stand among each other. */
export interface Sequences {
  /** Per service and environment, ascending by the time at which they finished. */
  readonly all: readonly (readonly Deployment[])[];
  /** The one before in the same environment, by deployment id; the first has none. */
  readonly previous: ReadonlyMap<string, Deployment>;
  /** By the id of any record that became part of it. */
  readonly byRecord: ReadonlyMap<string, Deployment>;
  /** Per service, over all its environments, ascending. */
  readonly byService: ReadonlyMap<string, readonly Deployment[]>;
  /** Per service and sha or ref, ascending. */
  readonly byVersion: ReadonlyMap<string, readonly Deployment[]>;
}

/**
 * The order of deployments, which ascend by the time at which they finished: per environment, since a
 * version replaces only what ran in the same one.
 * @example sequencesOf(deployments).previous.get("d2")?.id // "d1"
 */
export function sequencesOf(deployments: readonly Deployment[]): Sequences {
  const all = [...Map.groupBy(deployments, sequenceOf).values()];
  const previous = new Map<string, Deployment>();
  for (const sequence of all) {
    sequence.forEach((deployment, i) => {
      const before = sequence[i - 1];
      if (before) previous.set(deployment.id, before);
    });
  }
  const byRecord = new Map(deployments.flatMap((d) => d.recordIds.map((id) => [id, d] as const)));
  const byService = Map.groupBy(deployments, ({ service }) => service);
  return { all, previous, byRecord, byService, byVersion: versionsOf(deployments) };
}

function versionsOf(deployments: readonly Deployment[]) {
  const byVersion = new Map<string, Deployment[]>();
  for (const deployment of deployments) {
    const { service, sha, ref } = deployment;
    for (const name of new Set([sha, ref])) {
      if (name === null) continue;
      const key = versionKey(service, name);
      const same = byVersion.get(key);
      if (same) same.push(deployment);
      else byVersion.set(key, [deployment]);
    }
  }
  return byVersion;
}

function versionKey(service: string, name: string): string {
  return `${service}\n${name}`;
}

/**
 * The deployments of a service that ran a version, named by its sha (whole, or 7 digits and more) or
 * its ref, ascending; empty when none did.
 * @example versionsNamed("v1.4.0", "shop", sequences).length // 2
 */
export function versionsNamed(
  name: string,
  service: string,
  { byService, byVersion }: Sequences,
): readonly Deployment[] {
  const exact = byVersion.get(versionKey(service, name));
  if (exact || !isShortSha(name)) return exact ?? [];
  const digits = name.toLowerCase();
  return (byService.get(service) ?? []).filter(({ sha }) => sha?.startsWith(digits));
}

/**
 * The latest deployment that finished at or before `at` (epoch ms) and at most `withinMs` earlier;
 * null when there is none. They ascend by that time.
 * @example lastBefore(deployments, at, DAY)?.id // "d7"
 */
export function lastBefore(
  deployments: readonly Deployment[],
  at: number,
  withinMs: number,
): Deployment | null {
  const last = deployments[firstAfter(deployments, at) - 1];
  return last && at - last.finishedAt <= withinMs ? last : null;
}

/**
 * Index of the first deployment that finished after `at` (epoch ms); their number when none did.
 * @example firstAfter(deployments, 0) // 0
 */
export function firstAfter(deployments: readonly Pick<Deployment, "finishedAt">[], at: number) {
  let low = 0;
  let high = deployments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((deployments[middle]?.finishedAt ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

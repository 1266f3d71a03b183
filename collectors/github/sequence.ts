import { matches, type ServiceRule } from "#collectors/github/work.ts";
import type { DeploymentRecord } from "#lib/dora/facts.ts";

/** A successful production deployment in the order of one service's environment; plain JSON. */
export interface Arrival {
  readonly id: string;
  readonly sha: string;
  /** Epoch ms of its first success. */
  readonly at: number;
  /** The sha before it, as its commits were last worked out; absent = they have not been. */
  readonly base?: string | null;
}

/** Arrivals by service and environment, oldest first. */
export type Sequences = Map<string, Arrival[]>;

/** A second job or attempt of the same version, which ships what the first one shipped. */
const REPEAT_MS = 60 * 60_000;

/** Puts newly seen deployments in their places; those that never succeeded have none. */
export function arrive(
  sequences: Sequences,
  rules: readonly ServiceRule[],
  records: readonly DeploymentRecord[],
): void {
  const patterns = new Map(rules.map(({ service, production }) => [service, production]));
  for (const [key, found] of Map.groupBy(records, keyOf)) {
    const pattern = patterns.get(found[0]?.service ?? "");
    if (!pattern || !matches(pattern, found[0]?.environment ?? "")) continue;
    const known = sequences.get(key) ?? [];
    const arrived = placed(known, found.flatMap(arrivalOf));
    if (arrived.length > 0) sequences.set(key, arrived);
  }
}

function keyOf({ service, environment }: DeploymentRecord): string {
  return `${service}\n${environment}`;
}

/** Whose sequence it is. */
export function serviceOf(key: string): string {
  return key.split("\n", 1)[0] ?? "";
}

function arrivalOf({ id, sha, statuses }: DeploymentRecord): Arrival[] {
  const success = statuses.find(({ state }) => state === "success");
  return success && sha !== null ? [{ id, sha, at: success.at }] : [];
}

function placed(known: readonly Arrival[], found: readonly Arrival[]): Arrival[] {
  const byId = new Map(known.map((each) => [each.id, each]));
  for (const arrival of found) byId.set(arrival.id, { ...byId.get(arrival.id), ...arrival });
  return [...byId.values()].toSorted(inTime);
}

function inTime(a: Arrival, b: Arrival): number {
  return a.at - b.at || a.id.localeCompare(b.id);
}

/** An arrival with the version before it: null = it is the first, undefined = not known. */
export interface Step {
  readonly key: string;
  readonly arrival: Arrival;
  readonly previous: Arrival | null | undefined;
}

/** Oldest first; `isWhole` = nothing older is to come. */
export function stepsOf(sequences: Sequences, isWhole: boolean): Step[] {
  return [...sequences].flatMap(([key, arrivals]) =>
    arrivals.map((arrival, index) => {
      const isFirst = isWhole && arrival.base === undefined;
      return {
        key,
        arrival,
        previous: previousOf(arrivals, index) ?? (isFirst ? null : undefined),
      };
    }),
  );
}

/** Skips repeats of the same version within the hour, unless another came between. */
function previousOf(arrivals: readonly Arrival[], index: number): Arrival | undefined {
  const arrival = arrivals[index];
  return arrivals
    .slice(0, index)
    .findLast(({ sha, at }) => sha !== arrival?.sha || arrival.at - at > REPEAT_MS);
}

/** Its commits were never worked out, or against another version than is now known to come before. */
export function isDue({ arrival, previous }: Step): boolean {
  return previous !== undefined && arrival.base !== (previous?.sha ?? null);
}

/** Notes against which version an arrival's commits were worked out. */
export function settle(sequences: Sequences, { key, arrival }: Step, base: string | null): void {
  const arrivals = sequences.get(key) ?? [];
  const index = arrivals.findIndex(({ id }) => id === arrival.id);
  if (index >= 0) arrivals[index] = { ...arrival, base };
}

/** What the next run needs when history is complete: the latest days, and one before them. */
export function trimmed(sequences: Sequences, from: number): Sequences {
  return new Map(
    [...sequences].map(([key, arrivals]) => {
      const kept = arrivals.findLastIndex(({ at }) => at < from);
      const [oldest, ...rest] = arrivals.slice(Math.max(0, kept));
      return [key, oldest ? [{ ...oldest, base: oldest.base ?? null }, ...rest] : []];
    }),
  );
}

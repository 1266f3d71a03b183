import { isOfRepository } from "#lib/sources/repositoryFiles.ts";
import type { SaidExclusion, SloDefinition } from "#lib/spec/model.ts";

/** An exclusion of a document with what it is about. Epoch ms. */
export interface Said {
  readonly service: string;
  /** Null: every SLO of the service. */
  readonly slo: string | null;
  readonly title: string;
  readonly reason: string;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly rrule: string | null;
  readonly zone: string;
  readonly documentPath: string | null;
}

/** Stored ones beside those that documents say now. */
export interface PairedSaid<Row> {
  readonly changed: readonly { readonly row: Row; readonly said: Said }[];
  readonly added: readonly Said[];
  /** Said until now, and no longer. */
  readonly missing: readonly Row[];
}

/**
 * What the SLOs in force say, those of a whole service once, or for each SLO of a repository; an
 * instance goes by what its SLO says.
 * @example saidBy([{ definition }, { definition: another }]).length // 1: both have it from the top of their document
 */
export function saidBy(slos: readonly { readonly definition: SloDefinition }[]): Said[] {
  const said = slos.flatMap(({ definition }) => {
    const own = definition.instance ? [] : (definition.exclusions ?? []);
    return own.map((one) => aboutOf(definition, one));
  });
  return [...new Map(said.map((one) => [sameAll(one), one])).values()];
}

/** A repository does not speak for SLOs of its service that others define, now or later. */
function aboutOf({ service, name }: SloDefinition, { of, file, ...rest }: SaidExclusion): Said {
  const isOfAll = of === "service" && !isOfRepository(file);
  return { service, slo: isOfAll ? null : name, ...rest, documentPath: file };
}

/**
 * Finds for each stored exclusion what documents say of it now: the same times with other words, the
 * same words at other times, or a service of another name are a change. What is all the same is in none of the lists.
 * @example pairSaid(rows, []).missing === rows // false, but equal
 */
export function pairSaid<Row extends Said>(
  stored: readonly Row[],
  wanted: readonly Said[],
): PairedSaid<Row> {
  let rows = stored;
  let open = wanted;
  const changed: { row: Row; said: Said }[] = [];
  for (const key of [sameAll, sameTimes, sameWords, sameOfService]) {
    const { pairs, ...left } = pairBy(rows, open, key);
    if (key !== sameAll) changed.push(...pairs);
    ({ rows, open } = left);
  }
  return { changed, added: open, missing: rows };
}

type Key = (said: Said) => string | null;

function pairBy<Row extends Said>(rows: readonly Row[], open: readonly Said[], key: Key) {
  const free = new Map(rows.map((row) => [key(row), row]));
  free.delete(null);
  const pairs = open.flatMap((said) => {
    const row = free.get(key(said));
    free.delete(key(said));
    return row ? [{ row, said }] : [];
  });
  const [used, told] = [new Set(pairs.map((p) => p.row)), new Set(pairs.map((p) => p.said))];
  return {
    pairs,
    rows: rows.filter((row) => !used.has(row)),
    open: open.filter((said) => !told.has(said)),
  };
}

function timesOf({ startsAt, endsAt, rrule, zone }: Said) {
  return [startsAt, endsAt, rrule, zone];
}

function sameAll(said: Said): string {
  const { service, slo, title, reason, documentPath } = said;
  return JSON.stringify([service, slo, title, reason, documentPath, ...timesOf(said)]);
}

function sameTimes(said: Said): string {
  return JSON.stringify([said.service, said.slo, ...timesOf(said)]);
}

function sameWords({ service, slo, title, reason }: Said): string {
  return JSON.stringify([service, slo, title, reason]);
}

/** A service that is called something else now; of one SLO the name is followed before. */
function sameOfService(said: Said): string | null {
  const { slo, title, reason, documentPath } = said;
  return slo === null ? JSON.stringify([title, reason, documentPath, ...timesOf(said)]) : null;
}

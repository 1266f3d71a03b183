import type { SloDefinition } from "#lib/spec/model.ts";

/** An SLO that is in force, its document's path, and what counts it. */
export interface SloInForce {
  readonly definition: SloDefinition;
  readonly path: string;
  readonly sliKey: string;
  readonly source: string;
  /** The commit that it was read at, and where it stands there; absent for a file of the folder. */
  readonly origin?: { readonly commit: string; readonly url: string } | undefined;
}

/** An SLO as it is stored, with its newest definition. */
export interface KnownSlo {
  readonly id: number;
  readonly service: string;
  readonly name: string;
  readonly team: string | null;
  readonly documentPath: string;
  readonly version: number;
  readonly sliId: number;
  readonly definition: SloDefinition;
  readonly retiredAt: number | null;
}

export interface Pair {
  readonly known: KnownSlo;
  readonly wanted: SloInForce;
}

export interface Match {
  /** Stored SLOs that are in force, the renamed ones included. */
  readonly found: readonly Pair[];
  readonly renamed: readonly Pair[];
  readonly added: readonly SloInForce[];
  /** In force until now, and no longer. */
  readonly missing: readonly KnownSlo[];
}

/** By name first; a name that is new takes over the first of its former names that nobody uses. */
export function matchSlos(stored: readonly KnownSlo[], wanted: readonly SloInForce[]): Match {
  const free = new Map(stored.map((known) => [`${known.service}/${known.name}`, known]));
  const take = (slo: SloInForce, names: readonly string[]): Pair[] => {
    const name = names.find((each) => free.has(each));
    const known = name === undefined ? undefined : free.get(name);
    if (!known) return [];
    free.delete(`${known.service}/${known.name}`);
    return [{ known, wanted: slo }];
  };
  const same = wanted.flatMap((slo) => take(slo, [nameOf(slo)]));
  const unknown = without(wanted, same);
  const renamed = unknown.flatMap((slo) => take(slo, slo.definition.formerly));
  return {
    found: [...same, ...renamed],
    renamed,
    added: without(unknown, renamed),
    missing: [...free.values()].filter(({ retiredAt }) => retiredAt === null),
  };
}

function nameOf({ definition: { service, name } }: SloInForce): string {
  return `${service}/${name}`;
}

function without(slos: readonly SloInForce[], pairs: readonly Pair[]): SloInForce[] {
  const taken = new Set(pairs.map(({ wanted }) => wanted));
  return slos.filter((slo) => !taken.has(slo));
}

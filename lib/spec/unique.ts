import type { ErrorCode } from "#lib/spec/codes.ts";
import type { Finding, LocatedSlo, Place, ReadDocument } from "#lib/spec/model.ts";

/**
 * Refuses SLOs whose names clash: all that share a name, and those whose `formerly` names one that
 * another SLO still has or claims too. None counts until its author says which is meant.
 * @example refuseClashes([one, sameAgain]).flatMap((document) => document.slos) // []
 */
export function refuseClashes(documents: readonly ReadDocument[]): ReadDocument[] {
  const all = documents.flatMap((document) => document.slos);
  const named = groupBy(all, (slo) => [nameOf(slo)]);
  const claimed = groupBy(all, (slo) => slo.definition.formerly);
  return documents.map((document) => {
    const found = document.slos.map((slo) => ({
      slo,
      clashes: [...sameName(slo, named), ...sameFormer(slo, named, claimed)],
    }));
    const clashes = found.flatMap((f) => f.clashes);
    if (clashes.length === 0) return document;
    return {
      ...document,
      slos: found.filter((f) => f.clashes.length === 0).map((f) => f.slo),
      findings: [...document.findings, ...clashes].sort(inFileOrder),
    };
  });
}

type Groups = ReadonlyMap<string, readonly LocatedSlo[]>;

function nameOf({ definition }: LocatedSlo): string {
  return `${definition.service}/${definition.name}`;
}

function groupBy(
  slos: readonly LocatedSlo[],
  names: (slo: LocatedSlo) => readonly string[],
): Groups {
  const groups = new Map<string, LocatedSlo[]>();
  for (const slo of slos) {
    for (const name of names(slo)) {
      const group = groups.get(name) ?? [];
      group.push(slo);
      groups.set(name, group);
    }
  }
  return groups;
}

function sameName(slo: LocatedSlo, named: Groups): Finding[] {
  const other = named.get(nameOf(slo))?.find((o) => o !== slo);
  if (!other) return [];
  const message = `${nameOf(slo)} is defined in ${where(other.place)} as well; rename one or take it out`;
  return [clash(slo, "duplicate-name", message)];
}

function sameFormer(slo: LocatedSlo, named: Groups, claimed: Groups): Finding[] {
  return slo.definition.formerly.flatMap((name) => {
    const living = named.get(name)?.find((o) => o !== slo);
    if (living) return [clash(slo, "formerly-clash", formerStillThere(name, living.place))];
    const rival = claimed.get(name)?.find((o) => o !== slo);
    return rival ? [clash(slo, "formerly-clash", formerTwice(name, rival.place))] : [];
  });
}

function formerStillThere(name: string, place: Place): string {
  return `formerly names ${name}, which is still defined in ${where(place)}; take one of them out`;
}

function formerTwice(name: string, place: Place): string {
  return `formerly names ${name}, and so does ${where(place)}; history can follow only one of them`;
}

function where({ file, line }: Place): string {
  return `${file}:${line}`;
}

function clash({ place }: LocatedSlo, code: ErrorCode, message: string): Finding {
  return { ...place, severity: "error", code, message };
}

function inFileOrder(a: Finding, b: Finding): number {
  return a.line - b.line || a.column - b.column;
}

import { isOfRepository } from "#lib/sources/repositoryFiles.ts";
import type { LocatedSlo, SloDefinition } from "#lib/spec/model.ts";

/**
 * How an SLO is named in an address: `service/name`.
 * @example nameOfSlo({ service: "api", name: "latency" }) // "api/latency"
 */
export function nameOfSlo({ service, name }: Pick<SloDefinition, "service" | "name">): string {
  return `${service}/${name}`;
}

/**
 * The SLO that a line (1-based) belongs to: the last that begins at or before it, else the first; null
 * when there is none. One whose text is broken is not among them.
 * @example sloAtLine(slos, 12)?.definition.name // "latency"
 */
export function sloAtLine(slos: readonly LocatedSlo[], line: number): LocatedSlo | null {
  const ordered = slos.toSorted((a, b) => a.place.line - b.place.line);
  return ordered.findLast(({ place }) => place.line <= line) ?? ordered[0] ?? null;
}

/**
 * The SLO of that name; null when the text has none.
 * @example sloNamed(slos, "api/latency")?.place.line // 9
 */
export function sloNamed(slos: readonly LocatedSlo[], name: string): LocatedSlo | null {
  return slos.find(({ definition }) => nameOfSlo(definition) === name) ?? null;
}

/**
 * The path of a document where it is kept: without the repository that may stand before it.
 * @example pathInRepository("org/shop:slos/api.yaml") // "slos/api.yaml"
 */
export function pathInRepository(place: string): string {
  return isOfRepository(place) ? place.slice(place.indexOf(":") + 1) : place;
}

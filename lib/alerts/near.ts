import { nearest } from "#lib/spec/suggest.ts";

const MOST = 5;

/**
 * Names (`service/slo`) that were probably meant: the nearest by spelling, then others of the same
 * service, then the same SLO of others; at most five.
 * @example nearNames("checkout/availabilty", ["checkout/availability"]) // ["checkout/availability"]
 */
export function nearNames(wanted: string, known: readonly string[]): string[] {
  const [service, slo] = wanted.split("/");
  const spelt = nearest(wanted, known);
  const meantService = nearest(service ?? "", [...new Set(known.map((name) => partOf(name, 0)))]);
  const ofService = known.filter((name) => partOf(name, 0) === meantService);
  const ofName = known.filter((name) => partOf(name, 1) === slo);
  return [...new Set([...(spelt ? [spelt] : []), ...ofService, ...ofName])].slice(0, MOST);
}

function partOf(name: string, i: 0 | 1): string {
  return name.split("/")[i] ?? "";
}

/** What Next hands to a page of its address's query. */
export type AskedOf = Promise<Record<string, string | string[] | undefined>>;

/** Of a field that is given twice, the first counts. */
export function single(given: Awaited<AskedOf>): URLSearchParams {
  const pairs = Object.entries(given).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name, first]];
  });
  return new URLSearchParams(pairs);
}

/** Chance without memory: the same seed and number give the same answer, in any order, for ever. */

/** A 32-bit seed of a name (FNV-1a). */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** In [0,1), evenly spread, for a seed and a whole number such as a minute since the epoch. */
export function chance(seed: number, n: number): number {
  let x = (seed ^ Math.imul(n | 0, 0x9e3779b1)) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

/** A whole number whose mean is `expected`: the fraction decides how often it is rounded up. */
export function wholeOf(expected: number, luck: number): number {
  return Math.floor(expected + luck);
}

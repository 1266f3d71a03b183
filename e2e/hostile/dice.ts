import { seededRandom } from "#bench/truth/random.ts";

/** Chance that falls alike in every run. */
export interface Dice {
  chance(probability: number): boolean;
  /** A whole number from 0 to below `end`. */
  upTo(end: number): number;
  pick<T>(from: readonly T[]): T;
}

export function diceOf(seed: number): Dice {
  const random = seededRandom(seed);
  const upTo = (end: number) => Math.floor(random() * end);
  return {
    chance: (probability) => random() < probability,
    upTo,
    pick<T>(from: readonly T[]): T {
      return from[upTo(from.length)] as T;
    },
  };
}

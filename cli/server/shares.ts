import { neighbourhood } from "#lib/access/ip.ts";

/** One caller may take up an eighth of what there is for all. */
const CALLERS = 8;

/** How much of something each caller takes up; callers are told apart as the limits of requests do. */
export class Shares {
  readonly #most: number;
  readonly #taken = new Map<string, number>();

  constructor(forAll: number) {
    this.#most = forAll / CALLERS;
  }

  add(address: string, amount: number): void {
    const caller = neighbourhood(address);
    const taken = (this.#taken.get(caller) ?? 0) + amount;
    if (taken > 0) this.#taken.set(caller, taken);
    else this.#taken.delete(caller);
  }

  isOver(address: string): boolean {
    return (this.#taken.get(neighbourhood(address)) ?? 0) > this.#most;
  }
}

import { UpstreamError } from "#collectors/collector.ts";
import type { DeliveryFailure } from "#collectors/delivery.ts";

/** So many that do not answer one after the other: it is GitHub that is silent. */
const SILENT = 3;

/** Repositories that could not be read in this run while GitHub itself answered. */
export class Sickbay {
  readonly #errors = new Map<string, UpstreamError>();
  #timeouts = 0;

  has(repository: string): boolean {
    return this.#errors.has(repository);
  }

  /** The task's result; null when it failed by something that may be this repository's alone. */
  async keep<T>(repository: string, task: () => Promise<T>): Promise<T | null> {
    try {
      const done = await task();
      this.#timeouts = 0;
      return done;
    } catch (error) {
      if (!(error instanceof UpstreamError) || concernsAll(error)) throw error;
      if (error.kind === "timeout" && ++this.#timeouts >= SILENT) throw error;
      this.#errors.set(repository, error);
      return null;
    }
  }

  /** What to say of them; when none of the run's repositories was well, it is GitHub that is not. */
  failures(repositories: number): DeliveryFailure[] {
    const [first] = this.#errors.values();
    if (first && this.#errors.size >= repositories) throw first;
    return [...this.#errors].map(([repository, { message }]) => ({ repository, message }));
  }
}

/** Credentials, quota and the network are the same for every repository. */
export function concernsAll({ kind, httpStatus }: UpstreamError): boolean {
  return kind === "network" || httpStatus === 401 || httpStatus === 429;
}

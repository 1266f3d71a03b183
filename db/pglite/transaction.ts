import type { QueryResult } from "#db/pglite/protocol.ts";
import { type DriverOptions, queryOn } from "#db/pglite/query.ts";
import type { WorkerThread } from "#db/pglite/thread.ts";

/** One transaction of the embedded database; it holds the only connection until it ends. */
export class Transaction {
  readonly thread: WorkerThread;
  readonly #idleMs: number;
  readonly #abandoned = Promise.withResolvers<never>();
  #timer: NodeJS.Timeout | undefined;
  #open = false;

  constructor(thread: WorkerThread, idleMs: number) {
    this.thread = thread;
    this.#idleMs = idleMs;
    this.#abandoned.promise.catch(() => {});
  }

  get open(): boolean {
    return this.#open;
  }

  async begin(): Promise<void> {
    await this.#exec("BEGIN");
    this.#open = true;
    this.#watch();
  }

  async query(
    text: string,
    values: readonly unknown[] = [],
    options?: DriverOptions,
  ): Promise<QueryResult> {
    if (!this.#open) throw new Error("this transaction has ended");
    clearTimeout(this.#timer);
    try {
      return await queryOn(this.thread, text, values, options);
    } finally {
      if (this.#open) this.#watch();
    }
  }

  /** Commits when `run` succeeds; rolls back when it fails or has gone silent. */
  async settle<T>(run: () => Promise<T>): Promise<T> {
    try {
      const value = await Promise.race([run(), this.#abandoned.promise]);
      this.#end();
      await this.#exec("COMMIT");
      return value;
    } catch (error) {
      this.#end();
      await this.#exec("ROLLBACK");
      throw error;
    }
  }

  #end(): void {
    this.#open = false;
    clearTimeout(this.#timer);
  }

  #watch(): void {
    const seconds = this.#idleMs / 1000;
    this.#timer = setTimeout(
      () =>
        this.#abandoned.reject(
          new Error(`a transaction was rolled back: nothing came from its owner for ${seconds} s`),
        ),
      this.#idleMs,
    );
    this.#timer.unref();
  }

  #exec(text: string): Promise<unknown> {
    return this.thread.call({ kind: "exec", text });
  }
}

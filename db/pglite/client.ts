import { AsyncLocalStorage } from "node:async_hooks";
import type { QueryResult } from "#db/pglite/protocol.ts";
import { type DriverOptions, queryOn } from "#db/pglite/query.ts";
import type { WorkerThread } from "#db/pglite/thread.ts";
import { Transaction } from "#db/pglite/transaction.ts";
import { Turns } from "#db/pglite/turns.ts";

/** The open transaction of the code that is running, if any. */
const current = new AsyncLocalStorage<Transaction>();

/**
 * The embedded database as drizzle and pg-boss want it. There is one connection, so one statement or
 * transaction runs at a time and the others wait in order.
 */
export class PgliteClient {
  readonly #thread: WorkerThread;
  readonly #turns = new Turns();
  readonly #idleMs: number;

  /** A transaction whose owner sends nothing for `idleMs` is rolled back, so that others can go on. */
  constructor(thread: WorkerThread, idleMs: number) {
    this.#thread = thread;
    this.#idleMs = idleMs;
  }

  query(
    text: string,
    values: readonly unknown[] = [],
    options?: DriverOptions,
  ): Promise<QueryResult> {
    return this.#inTurn(() => queryOn(this.#thread, text, values, options));
  }

  /** Several statements at once. One that fails inside a BEGIN of its own leaves nothing open. */
  exec(text: string): Promise<QueryResult[]> {
    return this.#inTurn(async () => {
      try {
        return await this.#thread.call<QueryResult[]>({ kind: "exec", text });
      } catch (error) {
        await this.#thread.call({ kind: "exec", text: "ROLLBACK" });
        throw error;
      }
    });
  }

  transaction<T>(run: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const transaction = new Transaction(this.#thread, this.#idleMs);
      await transaction.begin();
      return transaction.settle(() => current.run(transaction, () => run(transaction)));
    });
  }

  /** The connection itself, without a transaction, for as long as `use` runs. */
  session<T>(use: (thread: WorkerThread) => Promise<T>): Promise<T> {
    return this.#inTurn(() => use(this.#thread));
  }

  async listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>> {
    const stop = this.#thread.onNotification(channel, callback);
    await this.#inTurn(() => this.#thread.call({ kind: "listen", channel }));
    return async () => {
      stop();
      await this.#inTurn(() => this.#thread.call({ kind: "unlisten", channel }));
    };
  }

  dump(): Promise<Uint8Array> {
    return this.#inTurn(() => this.#thread.call<Uint8Array>({ kind: "dump" }));
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#thread.close());
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const inside = current.getStore();
    if (inside?.open && inside.thread === this.#thread) throw new NestedUseError();
    const end = await this.#turns.take();
    try {
      return await work();
    } finally {
      end();
    }
  }
}

/** Waiting would never end: the statement waits for the transaction, which waits for the statement. */
class NestedUseError extends Error {
  override readonly name = "NestedUseError";
  override readonly message =
    "the database was used inside its own transaction: pass the transaction (`tx`) on instead of `db`";
}

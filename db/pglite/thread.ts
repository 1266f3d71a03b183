import { Worker } from "node:worker_threads";
import { StoreError } from "#db/error.ts";
import {
  type Answer,
  type Call,
  type Request,
  receiveError,
  type WorkerOptions,
} from "#db/pglite/protocol.ts";
import { databaseFile } from "#db/root.ts";

type Waiting = { resolve: (value: never) => void; reject: (error: unknown) => void };

/** Calls into the worker thread, each answered once. The thread does not keep the process alive by itself. */
export class WorkerThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, (payload: string) => void>();
  #lastId = 0;
  #gone: Error | null = null;

  constructor(options: WorkerOptions) {
    this.#worker = new Worker(databaseFile("pglite", "worker.ts"), {
      workerData: options,
      execArgv: [],
    });
    this.#worker.on("message", (answer: Answer) => this.#settle(answer));
    this.#worker.on("error", (error) => this.#stop(error));
    this.#worker.on("exit", () => this.#stop(null));
    this.#worker.unref();
  }

  async call<T>(call: Call): Promise<T> {
    if (this.#gone) throw this.#gone;
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.set(id, { resolve, reject });
    if (this.#waiting.size === 1) this.#worker.ref();
    try {
      this.#worker.postMessage({ id, call } satisfies Request);
      return await promise;
    } finally {
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#worker.unref();
    }
  }

  onNotification(channel: string, callback: (payload: string) => void): () => void {
    this.#listeners.set(channel, callback);
    return () => this.#listeners.delete(channel);
  }

  async close(): Promise<void> {
    if (this.#gone) return;
    await this.call({ kind: "close" });
    this.#gone = new StoreError("the database is closed");
    await this.#worker.terminate();
  }

  #settle(answer: Answer): void {
    if ("channel" in answer) {
      this.#listeners.get(answer.channel)?.(answer.payload);
      return;
    }
    const waiting = this.#waiting.get(answer.id);
    if ("error" in answer) waiting?.reject(receiveError(answer.error));
    else waiting?.resolve(answer.value as never);
  }

  #stop(cause: unknown): void {
    const why = cause instanceof Error ? `: ${cause.message}` : "";
    this.#gone ??= new StoreError(`the embedded database stopped${why}; restart Plimsoll`, {
      cause,
    });
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
  }
}

import { setTimeout as wait } from "node:timers/promises";
import { UpstreamError } from "#collectors/collector.ts";

export interface RetryOptions {
  /** How often to try in all. */
  readonly attempts: number;
  readonly baseMs: number;
  /** No wait is longer than this, `Retry-After` included. */
  readonly maxWaitMs: number;
  readonly signal: AbortSignal;
  /** In [0,1); a function so that tests need no chance. */
  readonly random?: () => number;
  /** Waits so many ms, less when the signal aborts; tests need not wait. */
  readonly wait?: Wait;
}

export type Wait = (ms: number, signal: AbortSignal) => Promise<unknown>;

const reallyWait: Wait = (ms, signal) => wait(ms, undefined, { signal });

/** True for what may be better in a moment: the network, a timeout, 429 and 5xx. */
export function isPassing(error: unknown): error is UpstreamError {
  if (!(error instanceof UpstreamError)) return false;
  if (error.kind === "network" || error.kind === "timeout") return true;
  return error.kind === "http" && (error.httpStatus === 429 || (error.httpStatus ?? 0) >= 500);
}

/** Full-jitter exponential wait before attempt `attempt` (1 = the first retry). */
export function waitBefore(attempt: number, error: UpstreamError, options: RetryOptions): number {
  const random = options.random ?? Math.random;
  const backoff = options.baseMs * 2 ** (attempt - 1) * (0.5 + random() / 2);
  return Math.min(options.maxWaitMs, Math.max(backoff, error.retryAfterMs ?? 0));
}

/** Tries `work` again while its failure is a passing one. */
export async function withRetry<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const last = attempt >= options.attempts || options.signal.aborted;
      if (last || !isPassing(error)) throw error;
      const { wait: pause = reallyWait, signal } = options;
      await pause(waitBefore(attempt, error, options), signal);
    }
  }
}

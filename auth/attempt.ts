import { AsyncLocalStorage } from "node:async_hooks";

/** What a request to a sign-in route carries from one of better-auth's hooks to the next. */
export interface Attempt {
  readonly address: string | null;
  /** Epoch ms. */
  readonly at: number;
  /** Whom a provider has identified, with its own words of them. */
  arrived: {
    readonly providerId: string;
    readonly profile: Readonly<Record<string, unknown>>;
    /** Known by their address, and now by this identity too. */
    readonly linked: boolean;
  } | null;
}

const attempts = new AsyncLocalStorage<Attempt>();

export function withAttempt<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
  return attempts.run(attempt, work);
}

/** The attempt under way; null outside of one. */
export function attemptUnderWay(): Attempt | null {
  return attempts.getStore() ?? null;
}

/** The attempt under way; throws outside of one: no one signs in but through the routes. */
export function currentAttempt(): Attempt {
  const attempt = attemptUnderWay();
  if (!attempt) throw new Error("a session or person was made outside of a sign-in route");
  return attempt;
}

/** What the worker is started with. */
export interface WorkerOptions {
  /** Null keeps everything in memory. */
  readonly dataDir: string | null;
  /** A tar that a new database begins with. */
  readonly from: Uint8Array | null;
}

export interface QueryOptions {
  readonly rowMode?: "array" | "object";
  /** Dates and intervals stay text, as drizzle wants them. */
  readonly rawDates?: boolean;
}

export type Call =
  | {
      readonly kind: "query";
      readonly text: string;
      readonly values: readonly unknown[];
      readonly options: QueryOptions;
    }
  | { readonly kind: "exec"; readonly text: string }
  | { readonly kind: "dump" }
  | { readonly kind: "listen" | "unlisten"; readonly channel: string }
  | { readonly kind: "close" };

export interface Request {
  readonly id: number;
  readonly call: Call;
}

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: PostedError }
  | { readonly channel: string; readonly payload: string };

/** An error as it crosses threads: PostgreSQL's fields (`code`, `detail` …) would be lost otherwise. */
export interface PostedError {
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface QueryResult {
  // biome-ignore lint/suspicious/noExplicitAny: a row is whatever the statement selects
  readonly rows: any[];
  readonly affectedRows?: number;
}

export function postError(error: unknown): PostedError {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const entries = Object.entries(error as object).filter(([, value]) => typeof value === "string");
  return { message, fields: Object.fromEntries(entries) as Record<string, string> };
}

export function receiveError(posted: PostedError): Error {
  return Object.assign(new Error(posted.message), posted.fields);
}

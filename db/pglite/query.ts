import type { QueryOptions, QueryResult } from "#db/pglite/protocol.ts";
import type { WorkerThread } from "#db/pglite/thread.ts";

/** What drizzle passes: parser functions cannot be posted to a thread, and it only ever asks for raw dates. */
export interface DriverOptions {
  readonly rowMode?: "array" | "object";
  readonly parsers?: unknown;
}

/** One statement with parameters. */
export function queryOn(
  thread: WorkerThread,
  text: string,
  values: readonly unknown[] = [],
  { rowMode, parsers }: DriverOptions = {},
): Promise<QueryResult> {
  const options: QueryOptions = { rowMode, rawDates: parsers !== undefined };
  return thread.call<QueryResult>({ kind: "query", text, values, options });
}

import type { PgAsyncDatabase } from "drizzle-orm/pg-core";

/** Either database, and a transaction of it: everything in `db/reads` and `db/writes` takes one. */
// biome-ignore lint/suspicious/noExplicitAny: the query-result type differs between the two drivers
export type Db = PgAsyncDatabase<any, any>;

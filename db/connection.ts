import type { PgAsyncDatabase } from "drizzle-orm/pg-core";
import type { Db as IDatabase } from "pg-boss";

/** Either database, and a transaction of it: everything in `db/reads` and `db/writes` takes one. */
// biome-ignore lint/suspicious/noExplicitAny: the query-result type differs between the two drivers
export type Db = PgAsyncDatabase<any, any>;

/** One connection, held for a while: what migrations need for their lock. */
export interface Session {
  query(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  /** Several statements, without parameters. */
  exec(text: string): Promise<void>;
}

/** What pg-boss is given: `new PgBoss({ ...store.boss })`. */
export type BossDatabase =
  | { readonly backend: "pglite"; readonly db: IDatabase }
  | { readonly backend: "postgres"; readonly connectionString: string };

export interface Store {
  readonly kind: "pglite" | "postgres";
  readonly db: Db;
  readonly boss: BossDatabase;
  /** One connection for as long as `use` runs; on PGlite everything else waits. */
  session<T>(use: (session: Session) => Promise<T>): Promise<T>;
  /** The whole embedded database as an uncompressed tar; null on PostgreSQL, which has pg_dump. */
  readonly dump: (() => Promise<Uint8Array>) | null;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Relative paths of `pglite://` start here. Default: the working directory. */
  readonly cwd?: string;
  /** A tar from `dump` that a new embedded database begins with. */
  readonly from?: Uint8Array;
  /** Checkpoints, vacuum and hourly snapshots of an embedded database on disk. Default true. */
  readonly upkeep?: boolean;
  /** Told of what upkeep could not do. */
  readonly onError?: (error: unknown) => void;
}

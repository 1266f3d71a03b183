import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Session, Store } from "#db/connection.ts";
import { StoreError } from "#db/error.ts";
import { INT8, parseInt8 } from "#db/int8.ts";

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 10_000;

/** Connects to a PostgreSQL server; says so when it cannot be reached, rather than at the first query. */
export async function openPostgres(url: string): Promise<Store> {
  pg.types.setTypeParser(INT8, parseInt8);
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // A connection that breaks while it is idle is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    throw unreachable(url, error);
  }
  return {
    kind: "postgres",
    db: drizzle({ client: pool }),
    boss: { backend: "postgres", connectionString: url },
    session: (use) => withConnection(pool, use),
    dump: null,
    close: () => pool.end(),
  };
}

async function withConnection<T>(pool: pg.Pool, use: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failed = false;
  try {
    return await use({
      query: (text, values) => client.query(text, values && [...values]),
      exec: async (text) => {
        await client.query(text);
      },
    });
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    // A session that failed may hold a lock or an open transaction: it is not used again.
    client.release(failed);
  }
}

/** The address without its password, and what the server said. */
function unreachable(url: string, cause: unknown): StoreError {
  const parsed = URL.parse(url);
  const at = parsed
    ? `${parsed.host || "the local socket"}${parsed.pathname}`
    : "an address that is no URL (a password with special characters must be percent-encoded)";
  const why = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new StoreError(
    `PostgreSQL at ${at} cannot be used: ${why}. ` +
      "Check PLIMSOLL_DATABASE_URL and that the server is running.",
    { cause },
  );
}

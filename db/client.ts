import type { OpenOptions, Store } from "#db/connection.ts";
import { StoreError } from "#db/error.ts";
import { migrate } from "#db/migrate.ts";
import { openPglite } from "#db/pglite/store.ts";
import { openPostgres } from "#db/postgres.ts";

export type { Db, OpenOptions, Store } from "#db/connection.ts";
export { StoreError };

/**
 * Opens `pglite://.plimsoll/data` (a folder), `pglite://memory` (gone when closed) or `postgres://…`.
 * It does not migrate: call `migrate(store)` (db/migrate.ts), or use `store()`.
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  if (url.startsWith("pglite://")) return openPglite(url.slice("pglite://".length), options);
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url);
  throw new StoreError("the database address must begin with pglite:// or postgres://");
}

const KEY = Symbol.for("plimsoll.store");
const holder = globalThis as { [KEY]?: Promise<Store> };

/**
 * The store of this process, opened and migrated at the first call, which must name the address.
 * Held globally: Next bundles modules more than once.
 */
export function store(url?: string, options?: OpenOptions): Promise<Store> {
  if (holder[KEY]) return holder[KEY];
  if (!url) return Promise.reject(new StoreError("the database is not open yet"));
  holder[KEY] = openAndMigrate(url, options).catch((error) => {
    delete holder[KEY];
    throw error;
  });
  return holder[KEY];
}

async function openAndMigrate(url: string, options?: OpenOptions): Promise<Store> {
  const opened = await openStore(url, options);
  try {
    await migrate(opened);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

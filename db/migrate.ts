import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Session, Store } from "#db/connection.ts";
import { StoreError } from "#db/error.ts";
import { databaseFile } from "#db/root.ts";

/** Any number that no other program on the same server would take for its own. */
const LOCK = 7_546_765_501;

const TABLE = `create table if not exists plimsoll_migrations (
  name text primary key,
  applied_at timestamptz not null default now()
)`;

export interface Migration {
  /** The folder's name, which begins with the time at which it was generated. */
  readonly name: string;
  readonly sql: string;
}

/** Every migration of this program, oldest first. */
export function readMigrations(folder: string = databaseFile("migrations")): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, sql: readFileSync(join(folder, name, "migration.sql"), "utf8") }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Brings the database up to date, each migration in a transaction of its own; gives the names of
 * those applied. Processes that start together do it one after the other. A database that a newer
 * program has written is refused: there is no way back but a backup.
 */
export async function migrate(
  store: Pick<Store, "session">,
  migrations: readonly Migration[] = readMigrations(),
): Promise<string[]> {
  return store.session(async (session) => {
    await session.query("select pg_advisory_lock($1)", [LOCK]);
    try {
      return await applyAll(session, migrations);
    } finally {
      await session.query("select pg_advisory_unlock($1)", [LOCK]);
    }
  });
}

async function applyAll(session: Session, migrations: readonly Migration[]): Promise<string[]> {
  await session.exec(TABLE);
  const { rows } = await session.query("select name from plimsoll_migrations order by name");
  const applied = new Set(rows.map(({ name }) => String(name)));
  refuseNewer(applied, migrations);
  const pending = migrations.filter(({ name }) => !applied.has(name));
  for (const migration of pending) await apply(session, migration);
  return pending.map(({ name }) => name);
}

function refuseNewer(applied: ReadonlySet<string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied].filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new StoreError(
    `the database was written by a newer Plimsoll (it has the migration ${unknown.at(-1)}). ` +
      "Install that version again, or restore a backup from before the upgrade.",
  );
}

async function apply(session: Session, { name, sql }: Migration): Promise<void> {
  await session.exec("begin");
  try {
    await session.exec(sql);
    await session.query("insert into plimsoll_migrations (name) values ($1)", [name]);
    await session.exec("commit");
  } catch (cause) {
    await session.exec("rollback");
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(`the migration ${name} failed and changed nothing: ${why}`, { cause });
  }
}

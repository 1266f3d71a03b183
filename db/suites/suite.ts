import type { Store } from "#db/connection.ts";

/** What the same tests are run on: an embedded database, and a real server. */
export interface Bench {
  /** A migrated database; tests of one suite share it and keep to names of their own. */
  readonly store: () => Store;
  /** A new, empty one, not migrated. */
  readonly empty: () => Promise<Store>;
}

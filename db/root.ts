import { existsSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "#db/error.ts";

/**
 * A file or folder of `db/` on disk. Bundled code does not know where it came from, so the folder of
 * this module is tried first and then the working directory, where `npm start` and Next run.
 */
export function databaseFile(...path: readonly string[]): string {
  const found = [import.meta.dirname, join(process.cwd(), "db")]
    .filter((folder) => typeof folder === "string")
    .map((folder) => join(folder, ...path))
    .find(existsSync);
  if (found) return found;
  throw new StoreError(
    `${join("db", ...path)} is not there: start Plimsoll from the folder it is installed in`,
  );
}

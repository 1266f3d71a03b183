import type { Db } from "#db/connection.ts";
import { readIncidentClasses } from "#db/reads/incidents.ts";

/** What most teams tell apart, to begin with. */
const USUAL = ["capacity", "configuration", "data", "dependency", "release"];

/** Classes to choose from: those in use and the usual ones, by name. */
export async function readClasses(db: Db): Promise<string[]> {
  return [...new Set([...(await readIncidentClasses(db)), ...USUAL])].sort();
}

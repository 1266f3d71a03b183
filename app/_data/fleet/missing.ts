import type { Missing } from "#components/fleet/view.ts";
import { config } from "#config/current.ts";
import type { Db } from "#db/client.ts";
import { readDocuments, readSources } from "#db/reads/sources.ts";

/** Why there is no SLO yet: the first step that is still to be taken. */
export async function readMissing(db: Db): Promise<Missing> {
  return { what: await firstMissing(db), globs: config().slos.globs };
}

async function firstMissing(db: Db): Promise<Missing["what"]> {
  const sources = await readSources(db);
  if (!sources.some(({ kind }) => kind === "prometheus")) return "source";
  const documents = await readDocuments(db);
  if (documents.length === 0) return "document";
  return documents.some(({ goodContent }) => goodContent !== null) ? "evaluation" : "good-document";
}

import type { Db } from "#db/connection.ts";
import { readGoodDocuments } from "#db/reads/catalog.ts";
import type { DocumentText } from "#lib/spec/read.ts";

/** Documents of these kinds hold what others refer to. */
const HOLDS_OBJECTS = /openslo\/v1|AlertWindows/;
/** More than this is not sent to a browser: references into the rest are then told as missing. */
const MOST_CHARACTERS = 256 * 1024;

/** The documents in force that a text may refer to, but for the file that it is to be. */
export async function readBeside(db: Db, but: string | null): Promise<DocumentText[]> {
  const all = await readGoodDocuments(db);
  const beside: DocumentText[] = [];
  let characters = 0;
  for (const [file, text] of all) {
    if (file === but || !HOLDS_OBJECTS.test(text)) continue;
    characters += text.length;
    if (characters > MOST_CHARACTERS) break;
    beside.push({ file, text });
  }
  return beside;
}

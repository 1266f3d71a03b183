import { type NamesAsk, readNames } from "#collectors/prometheus/names.ts";
import { Recent } from "#jobs/editor/recent.ts";
import { editorSource, failureWords } from "#jobs/editor/sources.ts";
import { MINUTE } from "#lib/time/duration.ts";

export type NamesAnswer = { readonly names: readonly string[] } | { readonly problem: string };

export interface NamesLook {
  readonly source: string;
  readonly ask: NamesAsk;
  readonly now: number;
  readonly gone: AbortSignal;
}

/** Whoever types does not wait longer. */
const PATIENCE_MS = 5_000;

const KEY = Symbol.for("plimsoll.editor.names");
const holder = globalThis as { [KEY]?: Recent<readonly string[]> };

/** Names for completion, as a source has them; held for two minutes, for keys come quickly. */
export async function lookUpNames({ source, ask, now, gone }: NamesLook): Promise<NamesAnswer> {
  const from = editorSource(source);
  if (!from) return { problem: `There is no source ${source}.` };
  holder[KEY] ??= new Recent({ forMs: 2 * MINUTE, most: 500 });
  const key = JSON.stringify([source, ask]);
  const known = holder[KEY].get(key, now);
  if (known) return { names: known };
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const signal = AbortSignal.any([patience, gone]);
    const names = await readNames(from.settings, ask, { signal, now });
    holder[KEY].put(key, names, now);
    return { names };
  } catch (error) {
    const late = patience.aborted
      ? `${source} did not answer within ${PATIENCE_MS / 1000} s`
      : null;
    return { problem: failureWords(error, gone.aborted ? "Nobody waits any more." : late) };
  }
}

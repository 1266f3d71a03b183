import { type NamesAsk, readNames } from "#collectors/prometheus/names.ts";
import { Recent } from "#jobs/editor/recent.ts";
import { editorSource, failureWords } from "#jobs/editor/sources.ts";
import { type Turn, Turns } from "#jobs/editor/turns.ts";
import { MINUTE } from "#lib/time/duration.ts";

export type NamesAnswer = { readonly names: readonly string[] } | { readonly problem: string };

export interface NamesLook {
  readonly person: string;
  readonly source: string;
  readonly ask: NamesAsk;
  readonly now: number;
  readonly gone: AbortSignal;
}

/** Whoever types does not wait longer. */
const PATIENCE_MS = 5_000;
/** A list of names is little work; each key that is pressed ends the look of the one before. */
const AT_ONCE = 8;

const KEY = Symbol.for("plimsoll.editor.names");
const TURNS = Symbol.for("plimsoll.editor.nameTurns");
const holder = globalThis as { [KEY]?: Recent<readonly string[]>; [TURNS]?: Turns };

/** Names for completion, as a source has them; held for two minutes, for keys come quickly. */
export async function lookUpNames(look: NamesLook): Promise<NamesAnswer> {
  const { person, source, ask, now, gone } = look;
  const from = editorSource(source);
  if (!from) return { problem: `There is no source ${source}.` };
  holder[KEY] ??= new Recent({ forMs: 2 * MINUTE, most: 500 });
  const key = JSON.stringify([source, ask]);
  const known = holder[KEY].get(key, now);
  if (known) return { names: known };
  holder[TURNS] ??= new Turns(AT_ONCE);
  const turn = holder[TURNS].take(person, PATIENCE_MS);
  if (!turn) return { problem: "Others are asking for names now." };
  const signal = AbortSignal.any([turn.signal, gone]);
  try {
    const names = await readNames(from.settings, ask, { signal, now });
    holder[KEY].put(key, names, now);
    return { names };
  } catch (error) {
    return { problem: failureWords(error, whyEnded(look, turn)) };
  } finally {
    turn.end();
  }
}

/** Null where it was not we who ended it. */
function whyEnded({ source, gone }: NamesLook, turn: Turn): string | null {
  if (turn.superseded || gone.aborted) return "Nobody waits any more.";
  return turn.signal.aborted ? `${source} did not answer within ${PATIENCE_MS / 1000} s` : null;
}

import { SAMPLE_MS } from "#collectors/prometheus/preview.ts";
import { type Count, countStretch, type Seen, settledAt } from "#jobs/editor/count.ts";
import { editorSource, failureWords } from "#jobs/editor/sources.ts";
import { Turns } from "#jobs/editor/turns.ts";
import type { Source } from "#jobs/sources.ts";
import type { Stretch } from "#lib/editor/preview.ts";
import type { CountedSli } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** What somebody wants to see of an SLI that is being written. */
export interface Look {
  readonly person: string;
  readonly source: string;
  readonly sli: CountedSli;
  /** How far back beyond the last day (ms); 0: the last day alone. At most 31 days are asked. */
  readonly reachMs: number;
  readonly now: number;
  /** Ends when nobody waits any more. */
  readonly gone: AbortSignal;
}

export type Looked =
  | {
      readonly kind: "seen";
      readonly stretches: readonly Stretch[];
      /** The query of good or bad events has no series at all. */
      readonly numeratorAbsent: boolean;
    }
  /** The server will not evaluate the query; its own words. */
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "superseded" }
  | { readonly kind: "busy" };

const PATIENCE_MS = 25_000;
const LONGEST_MS = 31 * DAY;
const AT_ONCE = 4;

const KEY = Symbol.for("plimsoll.editor.turns");
const holder = globalThis as { [KEY]?: Turns };

/** Counts an SLI at its source over the last day by the minute, and coarsely before it. Nothing is kept. */
export async function look(ask: Look): Promise<Looked> {
  const source = editorSource(ask.source);
  if (!source) return { kind: "failed", message: `There is no source ${ask.source}.` };
  holder[KEY] ??= new Turns(AT_ONCE);
  const turn = holder[KEY].take(ask.person, PATIENCE_MS);
  if (!turn) return { kind: "busy" };
  const signal = AbortSignal.any([turn.signal, ask.gone]);
  try {
    return await lookAt({ source, sli: ask.sli, now: ask.now, signal }, ask.reachMs);
  } catch (error) {
    if (turn.superseded || ask.gone.aborted) return { kind: "superseded" };
    const late = signal.aborted ? tooLate(source) : null;
    return { kind: "failed", message: failureWords(error, late) };
  } finally {
    turn.end();
  }
}

function tooLate({ name }: Source): string {
  return `${name} did not answer all of it within ${PATIENCE_MS / 1000} s; a query over fewer series is quicker`;
}

async function lookAt(count: Count, reachMs: number): Promise<Looked> {
  const { source, sli, now } = count;
  const to = settledAt(now);
  const dayFrom = Math.floor((to - DAY) / HOUR) * HOUR;
  const reach = Math.min(reachMs, LONGEST_MS, source.settings.historyMs);
  const from = Math.floor((to - reach) / HOUR) * HOUR;
  const day = await countStretch(count, { from: dayFrom, to, stepMs: MINUTE });
  if ("refused" in day) return { kind: "refused", message: day.refused };
  if (from >= dayFrom) return found([day]);
  const stepMs = sli.kind === "events" || sli.slices ? HOUR : SAMPLE_MS;
  const before = await countStretch(count, { from, to: dayFrom, stepMs });
  if ("refused" in before) return { kind: "refused", message: before.refused };
  return found([before, day]);
}

function found(parts: readonly Seen[]): Looked {
  return {
    kind: "seen",
    stretches: parts.map(({ stretch }) => stretch),
    numeratorAbsent: parts.every(({ numeratorAbsent }) => numeratorAbsent),
  };
}

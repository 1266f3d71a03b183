import { prometheusClient } from "#collectors/prometheus/client.ts";
import { COLLECTION_DELAY_MS } from "#collectors/prometheus/plan.ts";
import { type Previewed, previewSli, SAMPLE_MS } from "#collectors/prometheus/preview.ts";
import { Recent } from "#jobs/editor/recent.ts";
import { editorSource, failureWords } from "#jobs/editor/sources.ts";
import { Turns } from "#jobs/editor/turns.ts";
import type { Source } from "#jobs/sources.ts";
import type { Stretch } from "#lib/editor/preview.ts";
import { sliKey } from "#lib/spec/identity.ts";
import type { CountedSli } from "#lib/spec/model.ts";
import { DAY, floorMinute, HOUR, MINUTE } from "#lib/time/duration.ts";

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

interface Held {
  readonly turns: Turns;
  readonly recent: Recent<Seen>;
}

interface Seen {
  readonly stretch: Stretch;
  readonly numeratorAbsent: boolean;
}

const KEY = Symbol.for("plimsoll.editor.looks");
const holder = globalThis as { [KEY]?: Held };

function held(): Held {
  holder[KEY] ??= {
    turns: new Turns(AT_ONCE),
    recent: new Recent({ forMs: 2 * MINUTE, most: 40 }),
  };
  return holder[KEY];
}

/** Counts an SLI at its source over the last day by the minute, and coarsely before it. Nothing is kept. */
export async function look(ask: Look): Promise<Looked> {
  const source = editorSource(ask.source);
  if (!source) return { kind: "failed", message: `There is no source ${ask.source}.` };
  using turn = held().turns.take(ask.person, PATIENCE_MS);
  if (!turn) return { kind: "busy" };
  const signal = AbortSignal.any([turn.signal, ask.gone]);
  try {
    return await lookAt(source, ask, signal);
  } catch (error) {
    if (turn.superseded || ask.gone.aborted) return { kind: "superseded" };
    const late = signal.aborted ? tooLate(source) : null;
    return { kind: "failed", message: failureWords(error, late) };
  }
}

function tooLate({ name }: Source): string {
  return `${name} did not answer all of it within ${PATIENCE_MS / 1000} s; a query over fewer series is quicker`;
}

async function lookAt(source: Source, ask: Look, signal: AbortSignal): Promise<Looked> {
  const to = floorMinute(ask.now - COLLECTION_DELAY_MS);
  const dayFrom = Math.floor((to - DAY) / HOUR) * HOUR;
  const reach = Math.min(ask.reachMs, LONGEST_MS, source.settings.historyMs);
  const from = Math.floor((to - reach) / HOUR) * HOUR;
  const day = await seen(source, ask, { from: dayFrom, to, stepMs: MINUTE }, signal);
  if ("refused" in day) return { kind: "refused", message: day.refused };
  if (from >= dayFrom) return found([day]);
  const counted = ask.sli.kind === "events" || ask.sli.slices !== undefined;
  const stepMs = counted ? HOUR : SAMPLE_MS;
  const before = await seen(source, ask, { from, to: dayFrom, stepMs }, signal);
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

type Asked = Pick<Stretch, "from" | "to" | "stepMs">;

/** The same stretch of the same SLI is asked once: another objective needs no other counts. */
async function seen(
  source: Source,
  { sli, now }: Look,
  span: Asked,
  signal: AbortSignal,
): Promise<Seen | { readonly refused: string }> {
  const { recent } = held();
  const key = `${sliKey(sli, source.name)} ${span.from} ${span.stepMs}`;
  const known = recent.get(key, now);
  if (known) return known;
  const previewed = await ask(source, { sli, now }, span, signal);
  if ("refused" in previewed) return previewed;
  const { buckets, numerator } = previewed;
  const fresh = { stretch: { ...span, buckets }, numeratorAbsent: numerator === "absent" };
  recent.put(key, fresh, now);
  return fresh;
}

async function ask(
  source: Source,
  { sli, now }: Pick<Look, "sli" | "now">,
  span: Asked,
  signal: AbortSignal,
): Promise<Previewed> {
  const { collector, settings } = source;
  // What the server is decides how it is asked; learnt anew when it is long ago.
  await source.probe(now, signal);
  const settledAt = floorMinute(now - COLLECTION_DELAY_MS);
  return previewSli({
    collector,
    client: prometheusClient(settings),
    sli,
    span,
    settledAt,
    signal,
  });
}

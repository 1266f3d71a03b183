import { prometheusClient } from "#collectors/prometheus/client.ts";
import { COLLECTION_DELAY_MS } from "#collectors/prometheus/plan.ts";
import { type Previewed, previewSli } from "#collectors/prometheus/preview.ts";
import { Recent } from "#jobs/editor/recent.ts";
import type { Source } from "#jobs/sources.ts";
import type { Stretch } from "#lib/editor/preview.ts";
import { sliKey } from "#lib/spec/identity.ts";
import type { CountedSli } from "#lib/spec/model.ts";
import { floorMinute, MINUTE } from "#lib/time/duration.ts";

/** A stretch of the past as it was counted. */
export interface Seen {
  readonly stretch: Stretch;
  /** The query of good or bad events has no series in it at all. */
  readonly numeratorAbsent: boolean;
}

/** What is to be counted, where and when. */
export interface Count {
  readonly source: Source;
  readonly sli: CountedSli;
  readonly now: number;
  readonly signal: AbortSignal;
}

const KEY = Symbol.for("plimsoll.editor.seen");
const holder = globalThis as { [KEY]?: Recent<Seen> };

/** Minutes are settled up to here (epoch ms): what collecting asks for now. */
export function settledAt(now: number): number {
  return floorMinute(now - COLLECTION_DELAY_MS);
}

/** The same stretch of the same SLI is asked once in two minutes: another objective needs no other counts. */
export async function countStretch(
  count: Count,
  span: Pick<Stretch, "from" | "to" | "stepMs">,
): Promise<Seen | { readonly refused: string }> {
  const { source, sli, now } = count;
  holder[KEY] ??= new Recent({ forMs: 2 * MINUTE, most: 40 });
  const key = `${sliKey(sli, source.name)} ${span.from} ${span.stepMs}`;
  const known = holder[KEY].get(key, now);
  if (known) return known;
  const previewed = await ask(count, span);
  if ("refused" in previewed) return previewed;
  const { buckets, numerator } = previewed;
  const fresh = { stretch: { ...span, buckets }, numeratorAbsent: numerator === "absent" };
  holder[KEY].put(key, fresh, now);
  return fresh;
}

async function ask(
  { source, sli, now, signal }: Count,
  span: Pick<Stretch, "from" | "to" | "stepMs">,
): Promise<Previewed> {
  const { collector, settings } = source;
  // What the server is decides how it is asked; learnt anew when it is long ago.
  await source.probe(now, signal);
  const client = prometheusClient(settings);
  return previewSli({ collector, client, sli, span, settledAt: settledAt(now), signal });
}

import { z } from "zod";
import { UpstreamError } from "#collectors/collector.ts";
import { callDriver } from "#collectors/prometheus/driver.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";
import { DAY } from "#lib/time/duration.ts";

/** What completion may ask of a source; nothing else ever reaches it from there. */
export type NamesAsk =
  /** Metrics with `part` in their names. */
  | { readonly kind: "metrics"; readonly part: string }
  /** Names of labels, of one metric where one is given. */
  | { readonly kind: "labels"; readonly metric: string | null }
  /** Values of a label, of one metric where one is given. */
  | { readonly kind: "values"; readonly label: string; readonly metric: string | null };

/** Longer lists help nobody; those that begin with what was written come first. */
const MOST_NAMES = 300;
const LONGEST_NAME = 300;
const namesSchema = z.array(z.string()).nullish();

/** Names that a source has had within a day, in order, at most 300 of them. */
export async function readNames(
  source: PrometheusSource,
  ask: NamesAsk,
  { signal, now }: { signal: AbortSignal; now: number },
): Promise<string[]> {
  const { result } = await callDriver({ source, signal, warnings: new Set() }, (driver) => {
    const [match, from, to] = [matchOf(ask), now - DAY, now];
    if (ask.kind === "labels") return driver.labelNames(match, from, to);
    return driver.labelValues(ask.kind === "metrics" ? "__name__" : ask.label, match, from, to);
  });
  const parsed = namesSchema.safeParse(result);
  if (!parsed.success) throw unreadable(source);
  const names = (parsed.data ?? []).filter((name) => name.length <= LONGEST_NAME);
  return ordered(names, ask).slice(0, MOST_NAMES);
}

/** Names are made of few characters, checked by whoever asks: none of them means anything in a pattern. */
function matchOf(ask: NamesAsk): string[] {
  if (ask.kind === "metrics") return ask.part === "" ? [] : [`{__name__=~".*${ask.part}.*"}`];
  return ask.metric === null ? [] : [`{__name__="${ask.metric}"}`];
}

function ordered(names: readonly string[], ask: NamesAsk): string[] {
  const shown = ask.kind === "labels" ? names.filter((name) => name !== "__name__") : names;
  const sorted = shown.toSorted();
  if (ask.kind !== "metrics") return sorted;
  const first = (name: string) => (name.startsWith(ask.part) ? 0 : 1);
  return sorted.sort((a, b) => first(a) - first(b));
}

function unreadable({ name }: PrometheusSource): UpstreamError {
  const words = `${name} answered with something that is no list of names`;
  return new UpstreamError(words, { source: name, kind: "parse" });
}

"use client";

import { useSyncExternalStore } from "react";
import { ago, dateTime, day, timeOfDay } from "#lib/format/time.ts";

interface TimeProps {
  /** Epoch ms. */
  readonly at: number;
  /** `both` says "18 Nov, 14:02 (3 d ago)"; `brief` "14:02" today, else "18 Nov". */
  readonly show?: "absolute" | "relative" | "both" | "clock" | "brief";
}

/**
 * A moment in the viewer's zone, with UTC in the title. The server cannot know the zone, so it
 * writes UTC and the browser refines it; "ago" goes on by itself.
 */
export function Time({ at, show = "absolute" }: TimeProps) {
  const zone = useZone();
  const now = useNow();
  const text = {
    absolute: () => dateTime(at, zone),
    brief: () => (now === null ? day(at, zone) : brief(at, zone, now)),
    clock: () => timeOfDay(at, zone),
    relative: () => (now === null ? dateTime(at, zone) : ago(at, now)),
    both: () => (now === null ? dateTime(at, zone) : `${dateTime(at, zone)} (${ago(at, now)})`),
  }[show]();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={`${dateTime(at, "UTC")} UTC`}
      className="whitespace-nowrap"
    >
      {text}
    </time>
  );
}

/** In a list the minute is noise: today's time, else the day. The title has all of it. */
function brief(at: number, zone: string, now: number): string {
  const then = day(at, zone);
  return then === day(now, zone) ? timeOfDay(at, zone) : then;
}

const never = () => () => {};

/** The viewer's zone; UTC while the server's markup is taken over. */
export function useZone(): string {
  return useSyncExternalStore(never, viewerZone, () => "UTC");
}

let zone: string | undefined;

/** Asked once: it costs as much as making a format. */
function viewerZone(): string {
  zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
}

const listeners = new Set<() => void>();
let tick: ReturnType<typeof setInterval> | undefined;

/** One clock for the page; whoever needs coarser steps is drawn anew only at those. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  tick ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(tick);
    tick = undefined;
  };
}

/** Now in steps of `stepMs`, epoch ms; null on the server. */
export function useNow(stepMs = 10_000): number | null {
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / stepMs) * stepMs,
    () => null,
  );
}

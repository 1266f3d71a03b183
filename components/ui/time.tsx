"use client";

import { useSyncExternalStore } from "react";
import { ago, dateTime, timeOfDay } from "#lib/format/time.ts";

interface TimeProps {
  /** Epoch ms. */
  readonly at: number;
  /** `both` says "18 Nov, 14:02 (3 d ago)". */
  readonly show?: "absolute" | "relative" | "both" | "clock";
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

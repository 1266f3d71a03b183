"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type Preset, type RangeAsk, writeTime } from "#lib/charts/range.ts";

/** What of the page is in its address, so that a view can be sent to somebody. */
export interface SloUrl {
  readonly at: string | null;
  readonly range: RangeAsk;
  readonly tier: string | null;
  /** Parts of an alert's link that fit nothing. */
  readonly unmatched: string | null;
  /** `off`: what is usually left out counts, too. */
  readonly exclusions: "off" | null;
  setPreset(preset: Preset): void;
  setSpan(from: number, to: number): void;
  setMoment(at: number | null): void;
  setTier(tier: string): void;
  setExclusions(exclusions: "off" | null): void;
}

const KEYS = {
  at: parseAsString,
  range: parseAsString,
  from: parseAsString,
  to: parseAsString,
  tier: parseAsString,
  unmatched: parseAsString,
  exclusions: parseAsStringLiteral(["off"]),
};

/** The page's address as state; each change is a step that the back button undoes. */
export function useSloUrl(): SloUrl {
  const [{ at, tier, unmatched, exclusions, ...range }, set] = useQueryStates(KEYS, {
    history: "push",
    shallow: true,
  });
  return {
    at,
    tier,
    unmatched,
    exclusions,
    range,
    setPreset: (preset) =>
      set({ range: preset === "window" ? null : preset, from: null, to: null }),
    setSpan: (from, to) => set({ range: null, from: writeTime(from), to: writeTime(to) }),
    setMoment: (moment) => set({ at: moment === null ? null : writeTime(moment), unmatched: null }),
    setExclusions: (exclusions) => set({ exclusions }),
    setTier: (name) => set({ tier: name }, { history: "replace" }),
  };
}

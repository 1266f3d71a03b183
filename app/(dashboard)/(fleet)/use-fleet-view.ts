"use client";

import { debounce, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useState } from "react";
import { GROUPINGS } from "#lib/fleet/group.ts";

const SEARCH_PAUSE_MS = 250;

const parsers = { q: parseAsString.withDefault(""), group: parseAsStringLiteral(GROUPINGS) };

/** What is looked at, kept in the address so that a view can be shared: the filter's text and the grouping. */
export function useFleetView() {
  return useQueryStates(parsers, { limitUrlUpdates: debounce(SEARCH_PAUSE_MS) });
}

/** The value once it has rested: the server is not asked at each key. */
export function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), SEARCH_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

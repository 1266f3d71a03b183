"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useEffect, useState } from "react";
import type { ChangeField, ChangeFields } from "#lib/whatif/change.ts";

/** What is tried is in the address, as typed: a what-if can be sent to somebody. */
export interface WhatIfUrl {
  readonly fields: ChangeFields;
  setField(field: ChangeField, text: string): void;
  reset(): void;
}

const KEYS = { objective: parseAsString, window: parseAsString, thresholds: parseAsString };
const NOTHING = { objective: null, window: null, thresholds: null };

/** The address as state; letters replace it, so that the back button leaves the page. */
export function useWhatIfUrl(): WhatIfUrl {
  const [fields, set] = useQueryStates(KEYS, { history: "replace", shallow: true });
  return {
    fields,
    setField: (field, text) => set({ [field]: text === "" ? null : text }),
    reset: () => set(NOTHING),
  };
}

const PAUSE_MS = 120;

/** The fields once nobody has typed for a moment: not every letter of a number is a question. */
export function useSettled({ objective, window, thresholds }: ChangeFields): ChangeFields {
  const [settled, setSettled] = useState<ChangeFields>({ objective, window, thresholds });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ objective, window, thresholds }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [objective, window, thresholds]);
  return settled;
}

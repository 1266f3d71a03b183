"use client";

import { useMemo } from "react";
import { useZone } from "#components/ui/time.tsx";
import type { Words } from "#lib/charts/words.ts";
import { count, percent, precisePercent, span, times } from "#lib/format/numbers.ts";
import { dateTime } from "#lib/format/time.ts";

/** How the charts spell figures, with times in the viewer's zone. */
export function useWords(): Words {
  const zone = useZone();
  return useMemo(
    () => ({
      time: (at) => dateTime(at, zone),
      share: (ratio) => percent(ratio, Math.abs(ratio) < 0.1 && ratio !== 0 ? 1 : 0),
      precise: precisePercent,
      count,
      times,
      span,
    }),
    [zone],
  );
}

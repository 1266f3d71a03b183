"use client";

import { useZone } from "#components/ui/time.tsx";
import { DAY } from "#lib/time/duration.ts";

/** The days under a timeline, at even distances. */
export function TimelineScale({ from, to }: { from: number; to: number }) {
  const zone = useZone();
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    day: "numeric",
    month: "short",
  });
  const step = Math.max(1, Math.ceil((to - from) / DAY / 6)) * DAY;
  const days: number[] = [];
  for (let at = Math.ceil(from / DAY) * DAY; at < to - (to - from) / 7; at += step) days.push(at);
  return (
    <div className="relative h-4 text-[11px] text-ink-3" aria-hidden="true">
      {days.map((at) => (
        <span
          key={at}
          className="absolute whitespace-nowrap"
          style={{ left: `${(100 * (at - from)) / (to - from)}%` }}
        >
          {format.format(at)}
        </span>
      ))}
      <span className="absolute right-0">now</span>
    </div>
  );
}

"use client";

import { IncidentShape, ReleaseShape } from "#components/charts/shapes.tsx";
import { place, share, type TimelineWindow } from "#components/slo/timeline/place.ts";
import type { ServiceView } from "#components/slo/timeline/view.ts";
import { useZone } from "#components/ui/time.tsx";
import { happeningSummary, happeningText } from "#lib/charts/happening-words.ts";
import type { HappeningMark } from "#lib/charts/happenings.ts";
import { span } from "#lib/format/numbers.ts";
import { dateTime } from "#lib/format/time.ts";

/** Above the SLOs' lanes: what was deployed, and what went wrong, on the same axis. */
export function HappeningLanes({ view }: { view: ServiceView }) {
  if (view.marks.length === 0) return null;
  const of = (kind: HappeningMark["kind"]) => view.marks.filter((mark) => mark.kind === kind);
  return (
    <>
      <HappeningLane name="Deployments" marks={of("deployment")} window={view} />
      <HappeningLane name="Incidents" marks={of("incident")} window={view} />
    </>
  );
}

interface LaneProps {
  readonly name: string;
  readonly marks: readonly HappeningMark[];
  readonly window: TimelineWindow;
}

function HappeningLane({ name, marks, window }: LaneProps) {
  return (
    <div className="grid gap-x-4 gap-y-1 md:grid-cols-[12rem_1fr]">
      <div className="min-w-0">
        <p className="truncate font-[560]">{name}</p>
        <p className="text-[11.5px] leading-snug text-ink-3">
          {happeningSummary(marks) || "None is known."}
        </p>
      </div>
      <div className="relative h-5 self-center" aria-hidden="true">
        <div className="absolute inset-x-0 top-1/2 h-px bg-line" />
        {marks.map((mark) => (
          <LaneMark key={mark.from} mark={mark} window={window} />
        ))}
      </div>
    </div>
  );
}

function LaneMark({ mark, window }: { mark: HappeningMark; window: TimelineWindow }) {
  const zone = useZone();
  const words = { time: (at: number) => dateTime(at, zone), span };
  const isIncident = mark.kind === "incident";
  return (
    <>
      {isIncident && (
        <span
          className="absolute top-1/2 h-[3px] -translate-y-1/2 bg-out-fill/60"
          style={place(mark.at, mark.until ?? window.evaluatedAt, window)}
        />
      )}
      <svg
        width={mark.n > 1 ? 26 : 11}
        height="12"
        viewBox={`-5.5 -6 ${mark.n > 1 ? 26 : 11} 12`}
        className="absolute top-1/2 -ml-[5.5px] -translate-y-1/2"
        style={{ left: `${share(mark.at, window)}%` }}
      >
        <title>{happeningText(mark, words)}</title>
        {isIncident ? <IncidentShape /> : <ReleaseShape failed={mark.failed > 0} />}
        {mark.n > 1 && (
          <text x="6" y="3.5" fontSize="10" fill="var(--ink-2)">
            {mark.n}
          </text>
        )}
      </svg>
    </>
  );
}

"use client";

import { STATE_FILL, STATE_WORD } from "#components/slo/state-mark.tsx";
import { HappeningLanes } from "#components/slo/timeline/happening-lanes.tsx";
import { laneSummary, recordedSince } from "#components/slo/timeline/lane-summary.ts";
import { place, share, type TimelineWindow as Window } from "#components/slo/timeline/place.ts";
import { TimelineScale } from "#components/slo/timeline/timeline-scale.tsx";
import type { Lane, ServiceView, StateSpan } from "#components/slo/timeline/view.ts";
import { Time, useZone } from "#components/ui/time.tsx";
import { dateTime } from "#lib/format/time.ts";

/** What happened to a service and its SLOs, one lane each, on one time axis. */
export function ServiceTimeline({ view }: { view: ServiceView }) {
  return (
    <div className="grid gap-y-3">
      <HappeningLanes view={view} />
      {view.lanes.map((lane) => (
        <LaneRow key={lane.slo} lane={lane} window={view} />
      ))}
      <div className="md:pl-[13rem]">
        <TimelineScale from={view.from} to={view.evaluatedAt} />
        <Recorded lanes={view.lanes} />
      </div>
    </div>
  );
}

/** What is empty in a young timeline is not healthy. */
function Recorded({ lanes }: Pick<ServiceView, "lanes">) {
  const since = lanes.flatMap(({ states }) => recordedSince(states) ?? []);
  if (since.length === 0) return null;
  return (
    <p className="mt-1 text-[11.5px] text-ink-3">
      States and policy changes are recorded since <Time at={Math.min(...since)} />. Before that
      only alerts are known, counted from history.
    </p>
  );
}

function LaneRow({ lane, window }: { lane: Lane; window: Window }) {
  const summary = laneSummary(lane);
  return (
    <div className="grid gap-x-4 gap-y-1 md:grid-cols-[12rem_1fr]">
      <div className="min-w-0">
        <p className="truncate font-[560]">{lane.slo}</p>
        <p className="text-[11.5px] leading-snug text-ink-3">{summary}</p>
      </div>
      <div className="relative h-9 self-center" aria-hidden="true">
        <div className="absolute inset-x-0 top-3 h-3 overflow-hidden rounded-[3px] bg-ink/6">
          {lane.states.map((span) => (
            <StateBar key={span.from} span={span} window={window} />
          ))}
        </div>
        <AlertMarks lane={lane} window={window} />
        <TransitionMarks lane={lane} window={window} />
      </div>
    </div>
  );
}

const HATCH = "repeating-linear-gradient(135deg, var(--unknown) 0 1.5px, transparent 1.5px 5px)";

function StateBar({ span, window }: { span: StateSpan; window: Window }) {
  const zone = useZone();
  if (span.state === null) return null;
  const quiet = span.state === "healthy";
  const fill = span.state === "unknown" ? HATCH : STATE_FILL[span.state];
  return (
    <span
      title={`${STATE_WORD[span.state]}: ${dateTime(span.from, zone)} to ${dateTime(span.to, zone)}`}
      className="absolute inset-y-0"
      style={{ ...place(span.from, span.to, window), background: fill, opacity: quiet ? 0.45 : 1 }}
    />
  );
}

function AlertMarks({ lane, window }: { lane: Lane; window: Window }) {
  const zone = useZone();
  return lane.alerts.map(({ tier, severity, startedAt, endedAt }) => (
    <span
      key={`${tier}-${startedAt}`}
      title={`${tier} fired from ${dateTime(startedAt, zone)}`}
      className="absolute h-[5px] rounded-[1px]"
      style={{
        ...place(startedAt, endedAt ?? window.evaluatedAt, window),
        top: severity === "page" ? 26 : 32,
        background: severity === "page" ? "var(--out-fill)" : "var(--risk-fill)",
      }}
    />
  ));
}

function TransitionMarks({ lane, window }: { lane: Lane; window: Window }) {
  const zone = useZone();
  return lane.transitions.map(({ at, from, to }) => (
    <svg
      key={`${at}-${to}`}
      width="9"
      height="8"
      className="absolute top-0 -ml-[4.5px]"
      style={{ left: `${share(at, window)}%` }}
    >
      <title>{`${from} → ${to}, ${dateTime(at, zone)}`}</title>
      <path d="M0 0h9L4.5 8z" fill="var(--ink-2)" />
    </svg>
  ));
}

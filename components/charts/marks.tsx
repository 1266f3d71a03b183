import { ReferenceArea, ReferenceLine } from "recharts";
import { timeDomain } from "#components/charts/data.ts";
import type { DraggedSpan } from "#components/charts/drag-zoom.tsx";
import { MarkLabel } from "#components/charts/labels.tsx";
import { severityOf } from "#lib/alerts/tie.ts";
import type { AlertSpan, ChartView } from "#lib/charts/view.ts";

/** What every chart shows of time itself: missing data, the beginning of history, versions, the present. */
export function TimeMarks({
  view,
  hatch,
  named,
}: {
  view: ChartView;
  hatch: string;
  named: boolean;
}) {
  const { from, to, gaps, historyFrom, versions, projection } = view;
  const least = (to - from) * 0.002;
  return (
    <>
      {historyFrom !== null && (
        <ReferenceArea
          x1={from}
          x2={historyFrom}
          fill="var(--ink)"
          fillOpacity={0.04}
          ifOverflow="hidden"
        />
      )}
      {gaps
        .filter((gap) => gap.to - gap.from >= least)
        .map((gap) => (
          <ReferenceArea
            key={gap.from}
            x1={gap.from}
            x2={gap.to}
            fill={`url(#${hatch})`}
            fillOpacity={1}
            ifOverflow="hidden"
          />
        ))}
      {versions.map(({ version, at, change }) => (
        <ReferenceLine
          key={version}
          x={at}
          stroke="var(--ink-3)"
          strokeDasharray="2 3"
          label={named ? <MarkLabel text={`v${version}: ${change}`} /> : undefined}
        />
      ))}
      {projection.length > 0 && <ReferenceLine x={to} stroke="var(--line-2)" />}
    </>
  );
}

/** The range that is being drawn. */
export function Selection({ span }: { span: DraggedSpan | null }) {
  if (!span) return null;
  return (
    <ReferenceArea
      x1={span.from}
      x2={span.to}
      fill="var(--accent)"
      fillOpacity={0.14}
      stroke="var(--accent)"
      strokeOpacity={0.6}
    />
  );
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** When alerts fired: a bar along the bottom, at least wide enough to be seen. */
export function AlertLane({ view }: { view: ChartView }) {
  const [start, end] = timeDomain(view);
  return view.alerts.map((alert) => (
    <ReferenceArea
      key={`${alert.tier}-${alert.startedAt}`}
      x1={Math.max(start, alert.startedAt)}
      x2={Math.min(end, alert.endedAt ?? view.to)}
      ifOverflow="hidden"
      shape={(box: Box) => <AlertBar box={box} alert={alert} />}
    />
  ));
}

function AlertBar({ box, alert }: { box: Box; alert: AlertSpan }) {
  const paging = alert.severity === "page";
  return (
    <rect
      x={box.x}
      y={box.y + box.height - (paging ? 6 : 12)}
      width={Math.max(3, box.width)}
      height={5}
      rx={1}
      fill={paging ? "var(--out-fill)" : "var(--risk-fill)"}
    />
  );
}

/** When rules outside fired: hollow bars above our own. */
export function OutsideLane({ view, tier }: { view: ChartView; tier?: string }) {
  const [start, end] = timeDomain(view);
  return view.outside
    .filter((span) => tier === undefined || span.tier === null || span.tier === tier)
    .map((span) => (
      <ReferenceArea
        key={span.id}
        x1={Math.max(start, span.startsAt)}
        x2={Math.min(end, span.endsAt ?? view.to)}
        ifOverflow="hidden"
        shape={(box: Box) => <OutsideBar box={box} paging={severityOf(span.severity) === "page"} />}
      />
    ));
}

function OutsideBar({ box, paging }: { box: Box; paging: boolean }) {
  return (
    <rect
      x={box.x}
      y={box.y + box.height - 19}
      width={Math.max(3, box.width)}
      height={5}
      rx={1}
      fill="var(--surface)"
      stroke={paging ? "var(--out-fill)" : "var(--risk-fill)"}
      strokeWidth={1.2}
    />
  );
}

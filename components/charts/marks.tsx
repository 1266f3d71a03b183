import { ReferenceArea, ReferenceLine } from "recharts";
import { timeDomain } from "#components/charts/data.ts";
import type { DraggedSpan } from "#components/charts/drag-zoom.tsx";
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

interface LabelBox {
  readonly viewBox?: { readonly x?: number; readonly y?: number; readonly width?: number };
}

/** Small text at the top of a vertical line. */
function MarkLabel({ text, viewBox }: LabelBox & { text: string }) {
  return (
    <text
      x={(viewBox?.x ?? 0) + 4}
      y={(viewBox?.y ?? 0) + 9}
      fontSize={11}
      fill="var(--ink-3)"
      stroke="var(--surface)"
      strokeWidth={3}
      paintOrder="stroke"
    >
      {text}
    </text>
  );
}

/** Small text above the left end of a horizontal line, with a halo so that the curve may pass behind it. */
export function LineLabel({ text, viewBox }: LabelBox & { text: string }) {
  const fits = Math.max(12, Math.floor((viewBox?.width ?? 600) / 6.4));
  return (
    <text
      x={(viewBox?.x ?? 0) + 6}
      y={(viewBox?.y ?? 0) - 5}
      fontSize={11}
      fill="var(--ink-2)"
      stroke="var(--surface)"
      strokeWidth={3}
      paintOrder="stroke"
    >
      {text.length > fits ? `${text.slice(0, fits - 1).trimEnd()}…` : text}
    </text>
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

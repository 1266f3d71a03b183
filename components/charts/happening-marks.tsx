import { ReferenceArea, ReferenceLine } from "recharts";
import { timeDomain } from "#components/charts/data.ts";
import { IncidentShape, ReleaseShape } from "#components/charts/shapes.tsx";
import type { HappeningMark } from "#lib/charts/happenings.ts";
import type { ChartView } from "#lib/charts/view.ts";

/** Deployments stand above the plot, incidents inside it, with a bar for as long as they lasted. */
export function HappeningMarks({ view }: { view: ChartView }) {
  const [start, end] = timeDomain(view);
  return view.marks.map((mark) => (
    <Mark key={`${mark.kind} ${mark.from}`} mark={mark} start={start} end={end} now={view.to} />
  ));
}

interface MarkProps {
  readonly mark: HappeningMark;
  readonly start: number;
  readonly end: number;
  readonly now: number;
}

function Mark({ mark, start, end, now }: MarkProps) {
  const isIncident = mark.kind === "incident";
  return (
    <>
      {isIncident && (
        <ReferenceArea
          x1={Math.max(start, mark.at)}
          x2={Math.min(end, mark.until ?? now)}
          ifOverflow="hidden"
          shape={(box: Box) => <LastingBar box={box} />}
        />
      )}
      <ReferenceLine
        x={mark.at}
        stroke={isIncident || mark.failed > 0 ? "var(--out-fill)" : "var(--ink-3)"}
        strokeOpacity={isIncident ? 0.55 : 0.25}
        strokeWidth={1}
        label={<MarkShape mark={mark} />}
      />
    </>
  );
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function LastingBar({ box }: { box: Box }) {
  return (
    <rect x={box.x} y={box.y} width={Math.max(2, box.width)} height={3} fill="var(--out-fill)" />
  );
}

interface MarkShapeProps {
  readonly mark: HappeningMark;
  readonly viewBox?: { readonly x?: number; readonly y?: number };
}

/** The shape at the head of a mark's line; several in one are counted. */
function MarkShape({ mark, viewBox }: MarkShapeProps) {
  const x = viewBox?.x ?? 0;
  const top = viewBox?.y ?? 0;
  const isIncident = mark.kind === "incident";
  const y = isIncident ? top + 7 : top - 6;
  return (
    <g transform={`translate(${x} ${y})`}>
      {isIncident ? <IncidentShape /> : <ReleaseShape failed={mark.failed > 0} />}
      {mark.n > 1 && (
        <text
          x="6"
          y="3.5"
          fontSize="10"
          fill="var(--ink-2)"
          stroke="var(--surface)"
          strokeWidth="2.5"
          paintOrder="stroke"
        >
          {mark.n}
        </text>
      )}
    </g>
  );
}

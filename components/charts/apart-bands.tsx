import { ReferenceArea } from "recharts";
import { timeDomain } from "#components/charts/data.ts";
import { MarkLabel } from "#components/charts/labels.tsx";
import { apartTitle } from "#lib/charts/apart.ts";
import type { ApartSpan, ChartView } from "#lib/charts/view.ts";

interface ApartBandsProps {
  readonly view: ChartView;
  /** Whether each is named at its top. */
  readonly named: boolean;
}

/** Maintenance and experiments: a band over the whole height, darker where it is left out. */
export function ApartBands({ view, named }: ApartBandsProps) {
  const [start, end] = timeDomain(view);
  const isNamed = named && view.apart.length <= MOST_NAMES;
  return view.apart.map((span) => (
    <ReferenceArea
      key={`${span.id} ${span.from}`}
      x1={Math.max(start, span.from)}
      x2={Math.min(end, span.to ?? Math.max(view.to, span.from))}
      ifOverflow="hidden"
      shape={(box: Box) => <Band box={box} span={span} />}
      label={isNamed ? <MarkLabel text={apartTitle(span)} /> : undefined}
    />
  ));
}

/** Of more the names would lie upon each other. */
const MOST_NAMES = 4;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const LEAST_PX = 3;

function Band({ box, span }: { box: Box; span: ApartSpan }) {
  return (
    <rect
      x={box.x}
      y={box.y}
      width={Math.max(LEAST_PX, box.width)}
      height={box.height}
      fill="var(--watch-fill)"
      fillOpacity={span.excluded ? 0.24 : 0.08}
      stroke="var(--watch)"
      strokeWidth={1}
      strokeDasharray={span.excluded ? undefined : "3 3"}
      strokeOpacity={0.7}
    />
  );
}

import { STATE_FILL } from "#components/slo/state-mark.tsx";
import type { SloState } from "#lib/slo/status.ts";

const WIDTH = 76;
const HEIGHT = 24;
/** Room for the stroke. */
const INSET = 1.5;

interface SparklineProps {
  /** Signed share of the budget left, oldest first; null = not known, drawn as a gap. */
  readonly values: readonly (number | null)[];
  readonly state: SloState;
}

/** The budget over its window, with the empty budget as a line. The figures beside it say the same. */
export function Sparkline({ values, state }: SparklineProps) {
  const y = scaleOf(values);
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" className="block">
      <line x2={WIDTH} y1={y(0)} y2={y(0)} stroke="var(--line-2)" strokeDasharray="2 2" />
      {segmentsOf(values).map((segment) => (
        <polyline
          key={segment[0]?.[0]}
          points={segment.map(([i, value]) => `${x(i, values.length)},${y(value)}`).join(" ")}
          fill="none"
          stroke={STATE_FILL[state]}
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
    </svg>
  );
}

function x(i: number, count: number): number {
  return round(INSET + (i / Math.max(1, count - 1)) * (WIDTH - 2 * INSET));
}

/** From the worst (at least empty) to a full budget: a flat line is a quiet budget, not a magnified one. */
function scaleOf(values: readonly (number | null)[]): (value: number) => number {
  const low = Math.min(0, ...values.filter((value) => value !== null));
  const high = Math.max(1, ...values.filter((value) => value !== null));
  return (value) => round(INSET + ((high - value) / (high - low)) * (HEIGHT - 2 * INSET));
}

type Point = readonly [index: number, value: number];

/** Runs of known values; a lonely one becomes a dot by its round cap. */
function segmentsOf(values: readonly (number | null)[]): Point[][] {
  const segments: Point[][] = [];
  values.forEach((value, i) => {
    if (value === null) return;
    const before = values[i - 1] ?? null;
    if (before === null) segments.push([]);
    segments.at(-1)?.push([i, value]);
  });
  return segments.map((points) => (points.length === 1 ? [...points, ...points] : points));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

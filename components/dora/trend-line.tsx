import type { TrendPoint } from "#components/dora/view.ts";

const WIDTH = 132;
const HEIGHT = 30;
/** Room for the dots. */
const INSET = 3.5;

/**
 * The months behind a number, from 0 to the highest. A month without a number is a gap; one that still
 * lasts, or is known in part, is a hollow dot, for it is not comparable.
 */
export function TrendLine({ points, label }: { points: readonly TrendPoint[]; label: string }) {
  const high = Math.max(...points.map(({ value }) => value ?? 0)) || 1;
  const dots = points.map((point, i) => ({
    ...point,
    whole: point.complete && point.partly !== true,
    x: INSET + (i / Math.max(1, points.length - 1)) * (WIDTH - 2 * INSET),
    y: point.value === null ? null : HEIGHT - INSET - (point.value / high) * (HEIGHT - 2 * INSET),
  }));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      className="block"
    >
      <line x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} stroke="var(--line-2)" />
      {dots.map((dot, i) => {
        const last = dots[i - 1];
        if (!last?.whole || last.y === null || dot.y === null || !dot.whole) return null;
        return (
          <line
            key={dot.month}
            {...{ x1: last.x, y1: last.y, x2: dot.x, y2: dot.y }}
            stroke="var(--accent)"
            strokeWidth="1.5"
            strokeLinecap="round"
          />
        );
      })}
      {dots.map(({ month, whole, x, y }) =>
        y === null ? null : (
          <circle
            key={month}
            cx={x}
            cy={y}
            r="2.4"
            fill={whole ? "var(--accent)" : "var(--surface)"}
            stroke="var(--accent)"
            strokeWidth="1.2"
          />
        ),
      )}
    </svg>
  );
}

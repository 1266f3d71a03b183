import type { AlertLanding, LandingTier } from "#components/slo/alert/view.ts";
import { Time } from "#components/ui/time.tsx";
import type { ChartView } from "#lib/charts/view.ts";
import { times } from "#lib/format/numbers.ts";

interface BurnTraceProps {
  readonly tier: LandingTier;
  readonly chart: ChartView;
  readonly landing: AlertLanding;
}

const HEIGHT = 72;
const WIDTH = 600;

/** Both windows of the tier over the range, with the threshold, and where the alert began and ended. */
export function BurnTrace({ tier, chart, landing }: BurnTraceProps) {
  const { from, to, bins } = chart;
  const long = bins.map((bin) => bin.burn[chart.burnWindows.indexOf(tier.long)] ?? null);
  const short = bins.map((bin) => bin.burn[chart.burnWindows.indexOf(tier.short)] ?? null);
  const peak = Math.max(tier.factor * 1.5, ...[...long, ...short].map((burn) => burn ?? 0));
  const y = (burn: number) => HEIGHT - (HEIGHT - 3) * (Math.log1p(burn) / Math.log1p(peak));
  const x = (at: number) => (WIDTH * (at - from)) / Math.max(1, to - from);
  const line = (burns: readonly (number | null)[]) =>
    pathOf(bins.map(({ at }, i) => [x(at), heightOf(burns[i] ?? null, y)]));
  const { startedAt, endedAt } = landing;
  return (
    <figure className="mt-2">
      <svg
        role="img"
        aria-label={summaryOf(tier, long)}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-[72px] w-full rounded-[3px] bg-bg"
      >
        {startedAt !== null && (
          <rect
            x={x(Math.max(from, startedAt))}
            width={Math.max(2, x(endedAt ?? to) - x(Math.max(from, startedAt)))}
            height={HEIGHT}
            fill={tier.severity === "page" ? "var(--out-fill)" : "var(--risk-fill)"}
            fillOpacity="0.16"
          />
        )}
        <line
          x2={WIDTH}
          y1={y(tier.factor)}
          y2={y(tier.factor)}
          stroke="var(--out-fill)"
          strokeDasharray="5 4"
          vectorEffect="non-scaling-stroke"
        />
        <Trace d={line(short)} width={1} />
        <Trace d={line(long)} width={2} />
        {[startedAt, endedAt].map((at) =>
          at !== null && at >= from && at <= to ? (
            <line
              key={at}
              x1={x(at)}
              x2={x(at)}
              y2={HEIGHT}
              stroke="var(--ink)"
              vectorEffect="non-scaling-stroke"
            />
          ) : null,
        )}
      </svg>
      <figcaption className="mt-0.5 flex justify-between gap-2 text-[12px] text-ink-3 tabular-nums">
        <Time at={from} />
        <span className="min-w-0 truncate">
          {tier.long} thick, {tier.short} thin; fires above {times(tier.factor)}
        </span>
        <Time at={to} show="clock" />
      </figcaption>
    </figure>
  );
}

function Trace({ d, width }: { d: string; width: number }) {
  return (
    <path
      d={d}
      fill="none"
      stroke="var(--accent)"
      strokeWidth={width}
      vectorEffect="non-scaling-stroke"
    />
  );
}

function heightOf(burn: number | null, y: (burn: number) => number): number | null {
  return burn === null ? null : y(Math.max(0, burn));
}

/** A line that is broken where nothing is known. */
function pathOf(points: readonly (readonly [number, number | null])[]): string {
  let down = false;
  const parts = points.map(([x, y]) => {
    if (y === null) {
      down = false;
      return "";
    }
    const part = `${down ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    down = true;
    return part;
  });
  return parts.join("");
}

function summaryOf({ long, factor }: LandingTier, burns: readonly (number | null)[]): string {
  const known = burns.filter((burn) => burn !== null);
  if (known.length === 0) return `Burn over ${long}: not known.`;
  const peak = Math.max(...known);
  return `Burn over ${long}: at most ${times(peak)}, ${peak > factor ? "above" : "not above"} the threshold of ${times(factor)}.`;
}

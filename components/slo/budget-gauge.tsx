import { useId } from "react";
import { STATE_FILL } from "#components/slo/state-mark.tsx";
import { percent } from "#lib/format/numbers.ts";
import type { SloState } from "#lib/slo/status.ts";

interface BudgetGaugeProps {
  /** Signed share of the budget that is left; null = not known. */
  readonly remaining: number | null;
  readonly state: SloState;
  /** Shares of the budget consumed at which the policy changes. */
  readonly thresholds?: readonly number[];
  readonly width?: number;
}

const HEIGHT = 20;
/** Where the empty budget stands: overdraft reaches left of it, what is left reaches right. */
const ZERO = 0.3;

/**
 * The mark of the product: a hull with its load lines. The heavy line is an empty budget, thin ones
 * are the policy's thresholds; an unknown budget is hatched.
 */
export function BudgetGauge({ remaining, state, thresholds = [], width = 120 }: BudgetGaugeProps) {
  const hatch = useId();
  const zero = width * ZERO;
  const x = (share: number) => zero + share * (width - zero);
  const known = remaining !== null && state !== "unknown";
  const label = known ? `${percent(remaining)} of the budget left` : "budget not known";
  return (
    <svg
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <rect
        y="7"
        width={width}
        height="6"
        rx="3"
        fill="color-mix(in srgb, var(--ink) 8%, transparent)"
      />
      {known ? <Filling zero={zero} width={width} remaining={remaining} state={state} /> : null}
      {known ? null : (
        <>
          <pattern
            id={hatch}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line y2="5" stroke="var(--unknown)" strokeWidth="1.4" />
          </pattern>
          <rect x={zero} y="7" width={width - zero} height="6" fill={`url(#${hatch})`} />
        </>
      )}
      {thresholds
        .filter((at) => at > 0 && at < 1)
        .map((at) => (
          <line key={at} x1={x(1 - at)} x2={x(1 - at)} y1="4.5" y2="15.5" stroke="var(--ink-3)" />
        ))}
      <line x1={zero} x2={zero} y1="2" y2="18" stroke="var(--ink)" strokeWidth="1.4" />
    </svg>
  );
}

interface FillingProps {
  readonly zero: number;
  readonly width: number;
  readonly remaining: number;
  readonly state: SloState;
}

function Filling({ zero, width, remaining, state }: FillingProps) {
  const share = Math.max(-1, Math.min(1, remaining));
  const length = Math.max(1.5, share >= 0 ? share * (width - zero) : -share * zero);
  const start = share >= 0 ? zero : zero - length;
  return <rect x={start} y="7" width={length} height="6" rx="1.5" fill={STATE_FILL[state]} />;
}

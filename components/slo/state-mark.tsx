import type { ReactNode } from "react";
import type { SloState } from "#lib/slo/status.ts";

/** What a person reads for each state. */
export const STATE_WORD: Readonly<Record<SloState, string>> = {
  healthy: "Healthy",
  watch: "Watch",
  "at-risk": "At risk",
  exhausted: "Exhausted",
  unknown: "Unknown",
};

/** Text colour of a state; its filled shapes use `STATE_FILL`. */
export const STATE_INK: Readonly<Record<SloState, string>> = {
  healthy: "text-healthy",
  watch: "text-watch",
  "at-risk": "text-risk",
  exhausted: "text-out",
  unknown: "text-unknown",
};

export const STATE_FILL: Readonly<Record<SloState, string>> = {
  healthy: "var(--healthy-fill)",
  watch: "var(--watch-fill)",
  "at-risk": "var(--risk-fill)",
  exhausted: "var(--out-fill)",
  unknown: "var(--unknown-fill)",
};

const SHAPES: Readonly<Record<SloState, ReactNode>> = {
  healthy: <circle cx="6" cy="6" r="5" fill="var(--healthy-fill)" />,
  watch: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" stroke="var(--watch-fill)" strokeWidth="1.6" />
      <path d="M6 1.4a4.6 4.6 0 0 1 0 9.2z" fill="var(--watch-fill)" />
    </>
  ),
  "at-risk": <path d="M6 .8 11.6 11H.4z" fill="var(--risk-fill)" />,
  exhausted: <rect x="1" y="1" width="10" height="10" fill="var(--out-fill)" />,
  unknown: (
    <circle
      cx="6"
      cy="6"
      r="4.8"
      fill="none"
      stroke="var(--unknown)"
      strokeWidth="1.5"
      strokeDasharray="2.4 2"
    />
  ),
};

/** The shape alone; `label` where no word stands beside it. */
export function StateShape({ state, label }: { state: SloState; label?: string }) {
  return (
    <span className="relative inline-flex flex-none">
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {SHAPES[state]}
      </svg>
      {label && <span className="sr-only">{label}</span>}
    </span>
  );
}

/** A state by shape, word and colour. */
export function StateMark({ state }: { state: SloState }) {
  return (
    <span
      className={`inline-flex items-center gap-[7px] whitespace-nowrap font-[540] ${STATE_INK[state]}`}
    >
      <StateShape state={state} />
      {STATE_WORD[state]}
    </span>
  );
}

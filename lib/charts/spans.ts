import type { SloState } from "#lib/slo/status.ts";

interface Recorded {
  /** Epoch ms. */
  readonly at: number;
  readonly state: SloState;
}

/** `[from, to)` in one state; null = nothing was recorded. Epoch ms. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly state: SloState | null;
}

/**
 * The stretches of `[from, to)` that recorded changes of state cut it into, each as long as its state
 * lasted. `before` is the state at `from`, null when none was recorded yet; `changes` ascend.
 * @example stretchesOf(null, [{ at: 5, state: "healthy" }], { from: 0, to: 9 }).length // 2
 */
export function stretchesOf(
  before: SloState | null,
  changes: readonly Recorded[],
  { from, to }: { readonly from: number; readonly to: number },
): Stretch[] {
  const stretches: Stretch[] = [];
  let state = before;
  let start = from;
  for (const change of changes) {
    if (change.state === state || change.at >= to) continue;
    addTo(stretches, { from: start, to: change.at, state });
    start = Math.max(from, change.at);
    state = change.state;
  }
  addTo(stretches, { from: start, to, state });
  return stretches;
}

/** Two changes of the same minute can leave neighbours of the same state: those are one. */
function addTo(stretches: Stretch[], stretch: Stretch): void {
  if (stretch.to <= stretch.from) return;
  const last = stretches.at(-1);
  if (last?.state !== stretch.state) stretches.push(stretch);
  else stretches[stretches.length - 1] = { ...last, to: stretch.to };
}

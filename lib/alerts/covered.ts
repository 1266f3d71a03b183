/** A stretch of time, epoch ms; null: it goes on. */
interface Stretch {
  readonly from: number;
  readonly to: number | null;
}

/**
 * Those of the windows that lie over one of the firings at some time before `end` (epoch ms). What
 * ends at the minute at which the other begins does not.
 * @example overFirings([{ from: 0, to: 60_000 }], [{ from: 30_000, to: null }], 90_000).length // 1
 */
export function overFirings<Window extends Stretch>(
  windows: readonly Window[],
  firings: readonly Stretch[],
  end: number,
): Window[] {
  return windows.filter(
    (window) => window.from < end && firings.some((firing) => isOver(window, firing)),
  );
}

function isOver(window: Stretch, firing: Stretch): boolean {
  return window.from < (firing.to ?? Infinity) && firing.from < (window.to ?? Infinity);
}

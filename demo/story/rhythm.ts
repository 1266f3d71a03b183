/** How the traffic of a service swings over a day and a week, in UTC. */
export interface Rhythm {
  /** Share by which the peak lies above the day's mean, and the trough below it: in [0,1). */
  readonly swing: number;
  readonly peakHour: number;
  /** Traffic of Saturday and Sunday as a share of a working day's. */
  readonly weekend: number;
}

export const OFFICE: Rhythm = { swing: 0.7, peakHour: 13, weekend: 0.45 };
export const SHOPPERS: Rhythm = { swing: 0.55, peakHour: 15, weekend: 0.85 };
/** Every minute alike. */
export const EVEN: Rhythm = { swing: 0, peakHour: 0, weekend: 1 };
export const STEADY: Rhythm = { swing: 0.12, peakHour: 14, weekend: 1 };

const DAY_MINUTES = 1440;

/** Traffic at a minute since the epoch, as a multiple of a working day's mean. */
export function loadAt(rhythm: Rhythm, minute: number): number {
  const hour = (minute % DAY_MINUTES) / 60;
  const day = 1 + rhythm.swing * Math.cos(((hour - rhythm.peakHour) / 24) * 2 * Math.PI);
  return isWeekend(minute) ? day * rhythm.weekend : day;
}

/** The mean of `loadAt` over a whole week: a day's swing averages out. */
export function meanLoad(rhythm: Rhythm): number {
  return (5 + 2 * rhythm.weekend) / 7;
}

/** The epoch began on a Thursday. */
function isWeekend(minute: number): boolean {
  const weekday = (Math.floor(minute / DAY_MINUTES) + 4) % 7;
  return weekday === 0 || weekday === 6;
}

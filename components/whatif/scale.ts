import type { WrittenScale } from "#components/charts/axes.tsx";

const STEPS = [0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const MOST_TICKS = 5;

/** From nothing spent to the highest there was, a whole budget always in sight. */
export function spentScale(
  lines: readonly (readonly (number | null)[])[],
  format: (ratio: number) => string,
): WrittenScale {
  const highest = Math.max(1, ...lines.flat().map((value) => value ?? 0));
  const step = STEPS.find((each) => highest / each <= MOST_TICKS) ?? highest / MOST_TICKS;
  const top = Math.ceil(highest / step - 1e-9) * step;
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
  return { domain: [0, top * 1.06], ticks, format };
}

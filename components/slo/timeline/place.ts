import type { ServiceView } from "#components/slo/timeline/view.ts";

export type TimelineWindow = Pick<ServiceView, "from" | "evaluatedAt">;

/** Share of the window's width, in percent. */
export function share(at: number, { from, evaluatedAt }: TimelineWindow): number {
  return (100 * (Math.min(evaluatedAt, Math.max(from, at)) - from)) / (evaluatedAt - from);
}

/** Where a stretch stands, at least wide enough to be seen. */
export function place(from: number, to: number, window: TimelineWindow) {
  const left = share(from, window);
  return { left: `${left}%`, width: `max(3px, ${share(to, window) - left}%)` };
}

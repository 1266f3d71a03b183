import type { BackfillView } from "#components/sources/view.ts";
import { percent } from "#lib/format/numbers.ts";

/** How much of the history is there, while it is fetched for the first time. */
export function BackfillBar({
  backfill,
  note = "Budgets are estimates until it is whole.",
}: {
  backfill: BackfillView;
  /** What its absence means. */
  note?: string;
}) {
  const { share, daysDone, daysOf } = backfill;
  const words = `${Math.floor(daysDone)} of ${Math.round(daysOf)} days`;
  return (
    <div className="border-t border-line px-4 py-3">
      <div className="flex flex-wrap justify-between gap-x-4 text-small">
        <span className="text-ink-2">History, newest first. {note}</span>
        <span className="num font-[560]">
          {words} <span className="font-normal text-ink-3">{percent(share)}</span>
        </span>
      </div>
      <div
        role="progressbar"
        aria-label="History fetched"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={words}
        className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-ink/8"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}

import type { Backfill } from "#components/layout/navigation-view.ts";

/** Stands above every page while the first history comes in: budgets are not whole yet. */
export function BackfillNotice({ doneDays, ofDays }: Backfill) {
  const done = Math.min(doneDays, ofDays);
  const text = `History ${Math.floor(done)} of ${Math.round(ofDays)} d fetched, newest first.`;
  return (
    <div
      role="status"
      className="no-print mb-4 rounded-[10px] border border-line bg-surface px-3.5 pt-2 pb-2.5 text-[13px] text-ink-2"
    >
      <span className="text-ink">{text}</span> Budgets become whole as it comes in; no alert or
      policy change is announced before.
      <progress
        aria-label="History fetched"
        value={done}
        max={ofDays}
        className="mt-1.5 block h-1 w-full appearance-none overflow-hidden rounded-full [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-ink/8 [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  );
}

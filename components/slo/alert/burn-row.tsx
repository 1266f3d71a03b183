import { times } from "#lib/format/numbers.ts";

interface BurnRowProps {
  /** As in Prometheus: "1h". */
  readonly window: string;
  /** Above this the tier fires. */
  readonly factor: number;
  /** Burn rates when the alert began and now; null = not known. */
  readonly before: number | null;
  readonly now: number | null;
}

/** How fast the budget burnt over one window when the alert began, and now, against the threshold. */
export function BurnRow({ window, factor, before, now }: BurnRowProps) {
  return (
    <div className="grid grid-cols-[2.6rem_minmax(0,1fr)_auto] items-center gap-x-2 text-[13px] tabular-nums">
      <dt className="text-ink-3">
        {window}
        <span className="sr-only"> window</span>
      </dt>
      <dd className="contents">
        <BurnBar factor={factor} before={before} />
        <span className="text-right whitespace-nowrap">
          <b className={`font-semibold ${isOver(before, factor) ? "text-out" : ""}`}>
            {burnText(before)}
          </b>
          <span className="text-ink-3"> then, </span>
          <b className={`font-semibold ${isOver(now, factor) ? "text-out" : ""}`}>
            {burnText(now)}
          </b>
          <span className="text-ink-3"> now</span>
          <span className="sr-only">; the tier fires above {times(factor)}</span>
        </span>
      </dd>
    </div>
  );
}

function isOver(burn: number | null, factor: number): boolean {
  return burn !== null && burn > factor;
}

function burnText(burn: number | null): string {
  return burn === null ? "not known" : times(burn);
}

/** The threshold stands in the middle, so that above and below are told apart at a glance. */
function BurnBar({ factor, before }: Pick<BurnRowProps, "factor" | "before">) {
  const share = before === null ? 0 : Math.min(1, Math.log1p(before) / (2 * Math.log1p(factor)));
  return (
    <svg
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      className="h-2.5 w-full"
      aria-hidden="true"
    >
      <rect width="100" height="10" rx="1" fill="var(--line)" />
      <rect
        width={share * 100}
        height="10"
        rx="1"
        fill={isOver(before, factor) ? "var(--out-fill)" : "var(--unknown-fill)"}
      />
      <rect x="49.4" width="1.2" height="10" fill="var(--ink)" />
    </svg>
  );
}

import type { ReactNode } from "react";

interface MoreProps {
  readonly title: string;
  readonly note?: ReactNode;
  /** In a list of these all notes begin at the same place. */
  readonly aligned?: boolean;
  /** Something in it waits for a person. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** A part of a card that opens: the browser's own disclosure, so it works before any script has come. */
export function More({ title, note, aligned = false, open = false, children }: MoreProps) {
  return (
    <details open={open} className="group border-t border-line">
      <summary className="flex cursor-pointer list-none items-baseline gap-2 px-4 py-2.5 text-[13px] hover:bg-accent/4 [&::-webkit-details-marker]:hidden">
        <svg
          width="10"
          height="10"
          viewBox="0 0 10 10"
          aria-hidden="true"
          className="flex-none text-ink-3 transition-transform group-open:rotate-90"
        >
          <path d="M3 1.5 7 5 3 8.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
        <span className="flex min-w-0 flex-1 flex-wrap gap-x-2">
          <span className={`font-[560] [overflow-wrap:anywhere] ${aligned ? ALIGNED : ""}`}>
            {title}
          </span>
          {note && <span className="text-ink-3">{note}</span>}
        </span>
      </summary>
      {children}
    </details>
  );
}

export const ALIGNED = "sm:w-[22rem] sm:flex-none";

/** A table's row on a phone: its cells flow, so that nothing scrolls sideways. */
export const PHONE_ROW = "max-sm:flex max-sm:flex-wrap max-sm:gap-x-1.5 max-sm:px-4 max-sm:py-1.5";
export const PHONE_CELL = "max-sm:p-0";

import type { ReactNode } from "react";

interface MoreProps {
  readonly title: string;
  readonly note?: ReactNode;
  /** Something in it waits for a person. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** A part of a card that opens: the browser's own disclosure, so it works before any script has come. */
export function More({ title, note, open = false, children }: MoreProps) {
  return (
    <details open={open} className="group border-t border-line">
      <summary className="flex cursor-pointer list-none items-center gap-2 px-4 py-2.5 text-[13px] hover:bg-accent/4 [&::-webkit-details-marker]:hidden">
        <svg
          width="10"
          height="10"
          viewBox="0 0 10 10"
          aria-hidden="true"
          className="flex-none text-ink-3 transition-transform group-open:rotate-90"
        >
          <path d="M3 1.5 7 5 3 8.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
        <span className="font-[560] [overflow-wrap:anywhere]">{title}</span>
        {note && <span className="text-ink-3">{note}</span>}
      </summary>
      {children}
    </details>
  );
}

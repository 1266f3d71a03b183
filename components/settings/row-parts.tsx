import type { ReactNode } from "react";

/** Turns when its `group` of details opens. */
export function Chevron() {
  return (
    <svg
      width="10"
      height="10"
      viewBox="0 0 10 10"
      aria-hidden="true"
      className="flex-none text-ink-3 transition-transform group-open:rotate-90"
    >
      <path d="M3 1.5 7 5 3 8.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}

/** A word beside a name. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="ml-1 inline-block rounded-[5px] border border-line-2 px-1.5 text-small whitespace-nowrap text-ink-2">
      {children}
    </span>
  );
}

import type { ComponentProps } from "react";

const LOOK =
  "inline-flex items-center gap-1.5 rounded-[7px] border border-line-2 bg-surface px-2.5 py-1 text-[13px] text-ink-2 hover:border-ink-3 hover:text-ink aria-pressed:border-accent aria-pressed:text-ink disabled:opacity-50";

/** A quiet button. `aria-pressed` marks the one that is on. */
export function Button({ className = "", ...props }: ComponentProps<"button">) {
  return <button type="button" className={`${LOOK} ${className}`} {...props} />;
}

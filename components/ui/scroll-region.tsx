import type { ReactNode } from "react";

interface ScrollRegionProps {
  readonly label: string;
  /** How it scrolls and looks; sideways by default. */
  readonly className?: string;
  readonly children: ReactNode;
}

/** What may be wider or longer than its place scrolls by itself, by keyboard too. */
export function ScrollRegion({
  label,
  className = "relative overflow-x-auto",
  children,
}: ScrollRegionProps) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className={className}
    >
      {children}
    </section>
  );
}

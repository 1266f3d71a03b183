import type { ReactNode } from "react";

interface ScrollRegionProps {
  readonly label: string;
  /** Many rows: they scroll in here, so that what follows stays near. */
  readonly isTall?: boolean;
  readonly children: ReactNode;
}

/** A table that may be wider than the page scrolls by itself, by keyboard too. */
export function ScrollRegion({ label, isTall = false, children }: ScrollRegionProps) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className={`relative ${isTall ? "max-h-[440px] overflow-auto" : "overflow-x-auto"}`}
    >
      {children}
    </section>
  );
}

interface HeadProps {
  readonly children: ReactNode;
  readonly left?: boolean;
}

/** The head of a column: figures stand at the right. */
export function Head({ children, left = false }: HeadProps) {
  return (
    <th
      scope="col"
      className={`px-3 py-1.5 text-small font-normal whitespace-nowrap text-ink-3 first:pl-4 last:pr-4 ${left ? "text-left" : "text-right"}`}
    >
      {children}
    </th>
  );
}

export function Cell({ children, left = false }: HeadProps) {
  return (
    <td
      className={`px-3 py-1.5 align-baseline whitespace-nowrap tabular-nums first:pl-4 last:pr-4 ${left ? "text-left" : "text-right"}`}
    >
      {children}
    </td>
  );
}

import type { ReactNode } from "react";

interface CardProps {
  readonly children: ReactNode;
  readonly className?: string;
}

/** A sheet on the page. Without padding of its own: tables reach its edges. */
export function Card({ children, className = "" }: CardProps) {
  return (
    <div
      className={`rounded-[10px] border border-line bg-surface shadow-[var(--shadow)] ${className}`}
    >
      {children}
    </div>
  );
}

interface SectionProps extends CardProps {
  readonly title: string;
  /** Stands at the right of the title: a legend, a button. */
  readonly aside?: ReactNode;
}

/** A card with a heading; the heading names the region for screen readers. */
export function Section({ title, aside, children, className = "" }: SectionProps) {
  return (
    <section
      aria-label={title}
      className={`rounded-[10px] border border-line bg-surface shadow-[var(--shadow)] ${className}`}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 pt-3.5 pb-2">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

import type { ReactNode } from "react";

interface PageHeadProps {
  readonly title: string;
  /** What the page is for, in a sentence or two. */
  readonly children: ReactNode;
}

/** The top of a page of the settings. */
export function PageHead({ title, children }: PageHeadProps) {
  return (
    <header>
      <h1>{title}</h1>
      <p className="mt-1 max-w-[80ch] text-ink-2">{children}</p>
    </header>
  );
}

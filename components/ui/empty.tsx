import type { ReactNode } from "react";

interface EmptyProps {
  readonly title: string;
  /** Where it is all that the page says, its title is the page's heading. */
  readonly isPage?: boolean;
  /** What it means and what to do next. */
  readonly children: ReactNode;
}

/** Where there is nothing yet: says why, and what to do. */
export function Empty({ title, isPage = false, children }: EmptyProps) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className="mx-auto max-w-[64ch] px-4 py-12 text-center">
      <Title className="text-[15px] font-[580]">{title}</Title>
      <div className="mt-1.5 text-ink-2">{children}</div>
    </div>
  );
}

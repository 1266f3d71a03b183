import type { ReactNode } from "react";

interface EmptyProps {
  readonly title: string;
  /** What it means and what to do next. */
  readonly children: ReactNode;
}

/** Where there is nothing yet: says why, and what to do. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div className="mx-auto max-w-[64ch] px-4 py-12 text-center">
      <p className="text-[15px] font-[580]">{title}</p>
      <div className="mt-1.5 text-ink-2">{children}</div>
    </div>
  );
}

import type { ReactNode } from "react";

/** Names and values, side by side as far as there is room. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="mt-1.5 flex flex-wrap gap-x-6 gap-y-1 text-[13px]">{children}</dl>;
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
}

export function Fact({ name, children }: FactProps) {
  return (
    <div className="min-w-0">
      <dt className="inline text-ink-3">{name} </dt>
      <dd className="inline [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

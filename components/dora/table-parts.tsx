import type { ReactNode } from "react";

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

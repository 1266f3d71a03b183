"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { NumberId } from "#lib/explain/explanation.ts";

/** Opens the explanation of a number; null where there is none to open, as in print. */
export const ExplainContext = createContext<((id: NumberId) => void) | null>(null);

interface ExplainTriggerProps {
  readonly id: NumberId;
  /** What the number is called: "Budget left". */
  readonly name: string;
  readonly children: ReactNode;
}

/** A number that says how it came about when it is pressed. */
export function ExplainTrigger({ id, name, children }: ExplainTriggerProps) {
  const open = useContext(ExplainContext);
  if (!open) return children;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      title={`Explain: ${name}`}
      onClick={() => open(id)}
      className="explain-trigger -mx-1 min-h-6 cursor-help rounded px-1 text-left decoration-[var(--line-2)] decoration-dotted underline-offset-4 hover:underline"
    >
      {children}
      <span className="sr-only"> (explain {name})</span>
    </button>
  );
}

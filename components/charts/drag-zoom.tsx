import { useState } from "react";

/** What the chart tells of the pointer: the time under it. */
interface Pointed {
  readonly activeLabel?: string | number | undefined;
}

export interface DraggedSpan {
  readonly from: number;
  readonly to: number;
}

/** A range is drawn by pressing at one time and letting go at another; Escape or leaving gives up. */
export function useDragZoom(onZoom: (from: number, to: number) => void) {
  const [start, setStart] = useState<number | null>(null);
  const [end, setEnd] = useState<number | null>(null);
  const reset = () => {
    setStart(null);
    setEnd(null);
  };
  const finish = () => {
    const span = spanOf(start, end);
    reset();
    if (span) onZoom(span.from, span.to);
  };
  return {
    span: spanOf(start, end),
    handlers: {
      onMouseDown: (pointed: Pointed) => setStart(timeOf(pointed)),
      onMouseMove: (pointed: Pointed) => start !== null && setEnd(timeOf(pointed)),
      onMouseUp: finish,
      onMouseLeave: reset,
    },
  };
}

function timeOf({ activeLabel }: Pointed): number | null {
  return activeLabel === undefined ? null : Number(activeLabel);
}

function spanOf(start: number | null, end: number | null): DraggedSpan | null {
  if (start === null || end === null || start === end) return null;
  return { from: Math.min(start, end), to: Math.max(start, end) };
}

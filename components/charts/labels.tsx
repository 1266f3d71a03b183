import { useChartWidth } from "recharts";

interface LabelBox {
  readonly viewBox?: { readonly x?: number; readonly y?: number; readonly width?: number };
}

/** Small text at the top of a vertical line, on the side with more room. */
export function MarkLabel({ text, viewBox }: LabelBox & { text: string }) {
  const x = viewBox?.x ?? 0;
  const width = useChartWidth() ?? 0;
  const left = x > width / 2;
  return (
    <HaloText x={left ? x - 4 : x + 4} y={(viewBox?.y ?? 0) + 10} anchor={left ? "end" : "start"}>
      {fitting(text, left ? x - 60 : width - x)}
    </HaloText>
  );
}

/** Small text above the left end of a horizontal line. */
export function LineLabel({ text, viewBox }: LabelBox & { text: string }) {
  return (
    <HaloText x={(viewBox?.x ?? 0) + 6} y={(viewBox?.y ?? 0) - 5} anchor="start">
      {fitting(text, viewBox?.width ?? 600)}
    </HaloText>
  );
}

interface HaloTextProps {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end";
  readonly children: string;
}

/** Text that a curve may pass behind. */
function HaloText({ x, y, anchor, children }: HaloTextProps) {
  return (
    <text
      x={x}
      y={y}
      textAnchor={anchor}
      fontSize={11}
      fill="var(--ink-2)"
      stroke="var(--surface)"
      strokeWidth={3}
      paintOrder="stroke"
    >
      {children}
    </text>
  );
}

/** As much of a text as fits into a width in px, by the usual width of a letter. */
function fitting(text: string, width: number): string {
  const fits = Math.max(4, Math.floor(width / 6.2));
  return text.length > fits ? `${text.slice(0, fits - 1).trimEnd()}…` : text;
}

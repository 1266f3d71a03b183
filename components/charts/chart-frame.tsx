import { type ReactNode, useId, useState } from "react";

interface ChartFrameProps {
  readonly title: string;
  /** The unit and window of what is drawn, beside the title. */
  readonly note?: ReactNode;
  readonly summary: string;
  /** The plot's height in px, kept while it loads so that nothing shifts. */
  readonly height: number;
  readonly plot: ReactNode;
  /** The same data as a table; made only when it is asked for. */
  readonly table: () => ReactNode;
}

/** A chart as a figure: its name, the picture or its table twin, and what it shows in one sentence. */
export function ChartFrame({ title, note, summary, height, plot, table }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure aria-labelledby={`${id}-title`} aria-describedby={`${id}-summary`} className="min-w-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id={`${id}-title`}>{title}</h2>
        {note && <div className="text-small text-ink-3">{note}</div>}
      </div>
      <div id={`${id}-body`} style={{ height }} className="mt-2">
        {asTable ? table() : plot}
      </div>
      <figcaption className="mt-1.5 text-small leading-snug text-ink-3">
        <span id={`${id}-summary`}>{summary}</span>{" "}
        <button
          type="button"
          aria-pressed={asTable}
          aria-controls={`${id}-body`}
          aria-label={`${asTable ? "Show as chart" : "Show as table"}: ${title}`}
          onClick={() => setAsTable(!asTable)}
          className="whitespace-nowrap text-ink-2 underline underline-offset-2 hover:text-ink"
        >
          {asTable ? "Show as chart" : "Show as table"}
        </button>
      </figcaption>
    </figure>
  );
}

import type { Words } from "#lib/charts/words.ts";
import { dateTime } from "#lib/format/time.ts";

interface SpentReadingProps {
  readonly datum: {
    readonly x: number;
    readonly present: number | null;
    readonly asked: number | null;
  };
  readonly words: Words;
}

/** What hovering or the arrow keys show: both lines at one moment, local time and UTC. */
export function SpentReading({ datum, words }: SpentReadingProps) {
  const share = (value: number | null) => (value === null ? "not known" : words.share(value));
  return (
    <div className="chart-reading rounded-lg border border-line-2 bg-raised px-3 py-2 text-small shadow-lg">
      <p className="font-medium text-ink tabular-nums">{words.time(datum.x)}</p>
      <p className="mb-1.5 text-[11.5px] text-ink-3 tabular-nums">{dateTime(datum.x, "UTC")} UTC</p>
      <dl className="grid grid-cols-[auto_auto] gap-x-5 gap-y-0.5 tabular-nums">
        <dt className="text-ink-3">Spent, as asked</dt>
        <dd className="text-right text-ink">{share(datum.asked)}</dd>
        <dt className="text-ink-3">Spent, at present</dt>
        <dd className="text-right text-ink">{share(datum.present)}</dd>
      </dl>
    </div>
  );
}

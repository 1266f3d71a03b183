import { More, PHONE_CELL, PHONE_ROW } from "#components/sources/more.tsx";
import type { GapView } from "#components/sources/view.ts";
import { gapWords } from "#components/sources/words.ts";
import { Time } from "#components/ui/time.tsx";
import { count, span } from "#lib/format/numbers.ts";

const SHOWN = 20;

/** Stretches without an answer, newest first. Those still open are what is being asked for again. */
export function GapsTable({ gaps, now }: { gaps: readonly GapView[]; now: number }) {
  if (gaps.length === 0) return null;
  const open = gaps.filter(({ state }) => state === "open").length;
  const title = gaps.length === 1 ? "1 gap" : `${count(gaps.length)} gaps`;
  return (
    <More title={title} note={open > 0 ? `${count(open)} still open` : "none open"} open={open > 0}>
      <div className="pb-2">
        <table className="w-full text-[13px]">
          <caption className="sr-only">Stretches of time without data, newest first</caption>
          <thead className="max-sm:hidden">
            <tr className="text-left text-small text-ink-3">
              <th className="px-4 py-1 font-medium">From</th>
              <th className="px-2 py-1 font-medium">To</th>
              <th className="num px-2 py-1 font-medium">Length</th>
              <th className="num px-2 py-1 font-medium">SLIs</th>
              <th className="px-4 py-1 font-medium">What became of it</th>
            </tr>
          </thead>
          <tbody>
            {gaps.slice(0, SHOWN).map((gap) => (
              <GapRow key={`${gap.from} ${gap.to} ${gap.state}`} gap={gap} now={now} />
            ))}
          </tbody>
        </table>
        {gaps.length > SHOWN && (
          <p className="px-4 pt-1 text-small text-ink-3">
            {count(gaps.length - SHOWN)} older ones are not shown.
          </p>
        )}
      </div>
    </More>
  );
}

/** On a phone two lines: when and how long, then what became of it. */
function GapRow({ gap, now }: { gap: GapView; now: number }) {
  return (
    <tr className={PHONE_ROW}>
      <td className={`py-1 pl-4 ${PHONE_CELL}`}>
        <Time at={gap.from} />
        <span className="sm:hidden"> to</span>
      </td>
      <td className={`px-2 py-1 ${PHONE_CELL}`}>
        {gap.to === null ? "now" : <Time at={gap.to} />}
      </td>
      <td className={`num px-2 py-1 ${PHONE_CELL} max-sm:ml-auto`}>
        {span((gap.to ?? now) - gap.from)}
      </td>
      <td className="num px-2 py-1 max-sm:hidden">{count(gap.slis)}</td>
      <td
        className={`px-4 py-1 ${PHONE_CELL} max-sm:basis-full ${gap.state === "open" ? "text-risk" : "text-ink-2"}`}
      >
        <span className="sm:hidden">{gap.slis === 1 ? "1 SLI" : `${count(gap.slis)} SLIs`}: </span>
        {gapWords(gap.state)}
      </td>
    </tr>
  );
}

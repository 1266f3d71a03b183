import { More, PHONE_CELL, PHONE_ROW } from "#components/sources/more.tsx";
import type { SuspectView } from "#components/sources/view.ts";
import { Time } from "#components/ui/time.tsx";
import { count } from "#lib/format/numbers.ts";

/** Minutes that looked too high to be true: what was counted, what the server says, which was kept. */
export function SuspectsTable({ suspects }: { suspects: readonly SuspectView[] }) {
  if (suspects.length === 0) return null;
  const title =
    suspects.length === 1 ? "1 suspect minute" : `${count(suspects.length)} suspect minutes`;
  return (
    <More title={title} note="above 20 times what is usual, so asked again">
      <div className="pb-2">
        <table className="w-full text-[13px]">
          <caption className="sr-only">Minutes with implausibly high counts, newest first</caption>
          <thead className="max-sm:hidden">
            <tr className="text-left text-small text-ink-3">
              <th className="px-4 py-1 font-medium">Minute</th>
              <th className="px-2 py-1 font-medium">SLO</th>
              <th className="num px-2 py-1 font-medium">Counted</th>
              <th className="num px-2 py-1 font-medium">increase()</th>
              <th className="px-4 py-1 font-medium">Kept</th>
            </tr>
          </thead>
          <tbody>
            {suspects.map((suspect) => (
              <SuspectRow key={`${suspect.at} ${suspect.slos.join()}`} suspect={suspect} />
            ))}
          </tbody>
        </table>
      </div>
    </More>
  );
}

function SuspectRow({ suspect }: { suspect: SuspectView }) {
  const { at, slos, counted, plain, kept } = suspect;
  return (
    <tr className={PHONE_ROW}>
      <td className={`py-1 pl-4 ${PHONE_CELL}`}>
        <Time at={at} />
      </td>
      <td className={`px-2 py-1 ${PHONE_CELL} max-sm:grow`}>
        {slos.join(", ") || "no SLO any more"}
      </td>
      <td className={`num px-2 py-1 ${PHONE_CELL}`}>
        <span className="sm:hidden">counted </span>
        {count(counted)}
      </td>
      <td className={`num px-2 py-1 ${PHONE_CELL}`}>
        <span className="sm:hidden">increase() </span>
        {plain === null ? "no answer" : count(plain)}
      </td>
      <td className={`px-4 py-1 text-ink-2 ${PHONE_CELL}`}>
        <span className="sm:hidden">kept: </span>
        {kept === "plain" ? "what increase() says" : "what was counted"}
      </td>
    </tr>
  );
}

import { More } from "#components/sources/more.tsx";
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
      <div className="overflow-x-auto pb-2">
        <table className="w-full text-[13px]">
          <caption className="sr-only">Minutes with implausibly high counts, newest first</caption>
          <thead>
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
    <tr>
      <td className="px-4 py-1">
        <Time at={at} />
      </td>
      <td className="px-2 py-1">{slos.join(", ") || "no SLO any more"}</td>
      <td className="num px-2 py-1">{count(counted)}</td>
      <td className="num px-2 py-1">{plain === null ? "no answer" : count(plain)}</td>
      <td className="px-4 py-1 text-ink-2">
        {kept === "plain" ? "what increase() says" : "what was counted"}
      </td>
    </tr>
  );
}

import type { IncidentTimes, ToldField } from "#components/incidents/view.ts";
import { timeLines } from "#components/incidents/words.ts";
import { Time } from "#components/ui/time.tsx";

interface TimesProps {
  readonly times: IncidentTimes;
  readonly byHand: readonly ToldField[];
  readonly readAt: number;
}

const FIELD_OF: Readonly<Record<string, ToldField>> = {
  Started: "startedAt",
  Detected: "detectedAt",
  Mitigated: "mitigatedAt",
  Resolved: "resolvedAt",
};

/** When it began, was noticed, was contained and ended, and how long each took from the start. */
export function Times({ times, byHand, readAt }: TimesProps) {
  return (
    <table className="w-full text-[13px]">
      <caption className="sr-only">Times of the incident, each measured from its start</caption>
      <thead>
        <tr className="text-small text-ink-3">
          <th scope="col" className="px-4 py-1 text-left font-normal">
            What
          </th>
          <th scope="col" className="py-1 text-left font-normal">
            When
          </th>
          <th scope="col" className="px-4 py-1 text-right font-normal">
            Since the start
          </th>
        </tr>
      </thead>
      <tbody>
        {timeLines(times, readAt).map(({ called, at, took }) => (
          <tr key={called} className="border-t border-line">
            <th scope="row" className="px-4 py-1.5 text-left align-baseline font-normal text-ink-2">
              {called}
            </th>
            <td className="py-1.5 align-baseline">
              {at === null ? <Missing what={called} /> : <Time at={at} />}
              {byHand.includes(FIELD_OF[called] ?? "title") && (
                <span className="block text-small text-ink-3">set by hand</span>
              )}
            </td>
            <td className="px-4 py-1.5 text-right align-baseline tabular-nums">{took ?? "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Missing({ what }: { what: string }) {
  return <span className="text-ink-3">{what === "Resolved" ? "not yet" : "not said"}</span>;
}

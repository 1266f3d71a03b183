import type { ExceptionView } from "#components/policy/view.ts";
import { Time } from "#components/ui/time.tsx";

/** What was done about it, by whom and when, oldest first. */
export function ExceptionHistory({
  view: { history, decisionNote, decision },
}: {
  view: ExceptionView;
}) {
  return (
    <ol className="text-[13px]">
      {history.map(({ at, what, by }) => (
        <li key={what} className="border-t border-line px-4 py-2.5">
          <p>
            <b className="font-[580]">{what}</b>
            {by !== "" && <> by {by}</>}
          </p>
          <p className="text-small text-ink-3">
            <Time at={at} show="both" />
          </p>
          {decisionNote !== null && what.toLowerCase() === decision && (
            <p className="mt-1 whitespace-pre-line text-ink-2 [overflow-wrap:anywhere]">
              {decisionNote}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

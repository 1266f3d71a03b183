import { Time } from "#components/ui/time.tsx";
import type { AlertSpan } from "#lib/charts/view.ts";
import { percent, span } from "#lib/format/numbers.ts";

const SHOWN = 8;

/** When burn-rate alerts fired and what was spent meanwhile, newest first. */
export function AlertEpisodes({ alerts, until }: { alerts: readonly AlertSpan[]; until: number }) {
  if (alerts.length === 0)
    return <p className="text-[13px] text-ink-3">No tier fired in this window.</p>;
  const rest = alerts.length - SHOWN;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label="Burn-rate alerts of this window"
      className="overflow-x-auto"
    >
      <table className="w-full border-collapse text-[13px] tabular-nums">
        <caption className="sr-only">Burn-rate alerts of this window, newest first</caption>
        <thead>
          <tr className="text-left text-[12px] text-ink-3">
            <th scope="col" className="py-1.5 pr-2 font-medium">
              Tier
            </th>
            <th scope="col" className="px-2 py-1.5 font-medium">
              From
            </th>
            <th scope="col" className="px-2 py-1.5 text-right font-medium">
              For
            </th>
            <th scope="col" className="py-1.5 pl-2 text-right font-medium">
              Spent meanwhile
            </th>
          </tr>
        </thead>
        <tbody>
          {alerts.slice(0, SHOWN).map((alert) => (
            <Episode key={`${alert.tier}-${alert.startedAt}`} alert={alert} until={until} />
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <p className="mt-1.5 text-[12.5px] text-ink-3">
          and {rest} earlier ones, drawn in the charts
        </p>
      )}
    </section>
  );
}

function Episode({ alert, until }: { alert: AlertSpan; until: number }) {
  const firing = alert.endedAt === null;
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 pr-2 text-left font-normal whitespace-nowrap">
        <span
          aria-hidden="true"
          className="mr-2 inline-block h-[5px] w-3 rounded-[1px] align-middle"
          style={{ background: alert.severity === "page" ? "var(--out-fill)" : "var(--risk-fill)" }}
        />
        {alert.tier}
      </th>
      <td className="px-2 py-1.5 whitespace-nowrap">
        <Time at={alert.startedAt} />
      </td>
      <td
        className={`px-2 py-1.5 text-right whitespace-nowrap ${firing ? "font-medium text-out" : ""}`}
      >
        {span((alert.endedAt ?? until) - alert.startedAt)}
        {firing && ", firing"}
      </td>
      <td className="py-1.5 pl-2 text-right whitespace-nowrap">
        {alert.spent === null ? "not known" : percent(alert.spent, alert.spent < 0.1 ? 1 : 0)}
      </td>
    </tr>
  );
}

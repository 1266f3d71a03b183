import type { LeftOutWindow } from "#components/incidents/view.ts";
import { Time } from "#components/ui/time.tsx";

/** That what it cost is told without what somebody left out while it lasted. */
export function LeftOut({ windows }: { windows: readonly LeftOutWindow[] }) {
  if (windows.length === 0) return null;
  return (
    <div className="border-t border-line px-4 py-2 text-[13px]">
      <p className="font-medium">Without what was left out while it lasted:</p>
      <ul>
        {windows.map(({ id, title, from, to, by, slo }) => (
          <li key={`${id} ${from}`} className="[overflow-wrap:anywhere]">
            {title}, <Time at={from} />
            {to === null ? " on" : " to "}
            {to !== null && <Time at={to} show="clock" />}, of {slo ?? "every SLO"} (by {by})
          </li>
        ))}
      </ul>
    </div>
  );
}

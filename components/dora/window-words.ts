import type { WindowView } from "#components/dora/view.ts";
import { monthAt, monthSpan } from "#lib/dora/calendar.ts";

const DAY_NAME = { day: "numeric", month: "short", year: "numeric" } as const;
const MONTH_NAME = { month: "long", year: "numeric" } as const;

/** "March 2026", or "2 Nov 2026 to 21 Nov 2026": whole days of the zone, both included. */
export function windowWords({ from, to, zone }: WindowView): string {
  const text = (at: number, names: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...names, timeZone: zone }).format(at);
  const month = monthSpan(monthAt(from, zone), zone);
  if (month?.from === from && month.to === to) return text(from, MONTH_NAME);
  const [first, last] = [text(from, DAY_NAME), text(to - 1, DAY_NAME)];
  return first === last ? first : `${first} to ${last}`;
}

/** Whose numbers these are. */
export function scopeWords({ team, service }: { team: string; service: string }): string {
  if (service !== "") return team === "" ? service : `${service} of ${team}`;
  return team === "" ? "all services" : `services of ${team}`;
}

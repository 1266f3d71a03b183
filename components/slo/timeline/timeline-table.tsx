import type { OutsideAlertView } from "#components/slo/alert/view.ts";
import { STATE_WORD } from "#components/slo/state-mark.tsx";
import type { ServiceView } from "#components/slo/timeline/view.ts";
import { Time } from "#components/ui/time.tsx";
import type { Happening } from "#lib/charts/happenings.ts";

interface Event {
  readonly key: string;
  readonly at: number;
  readonly slo: string;
  readonly what: string;
}

/** The timeline's twin: everything that it draws, newest first. */
export function TimelineTable({ view }: { view: ServiceView }) {
  return (
    <table className="w-full border-collapse text-[13px] tabular-nums">
      <caption className="sr-only">What happened, newest first</caption>
      <thead>
        <tr className="text-left text-[12px] text-ink-3">
          <th scope="col" className="py-1.5 pr-3 font-medium">
            When
          </th>
          <th scope="col" className="px-2 py-1.5 font-medium">
            SLO
          </th>
          <th scope="col" className="px-2 py-1.5 font-medium">
            What
          </th>
        </tr>
      </thead>
      <tbody>
        {eventsOf(view).map(({ key, at, slo, what }) => (
          <tr key={key} className="border-t border-line">
            <td className="py-1 pr-3">
              <Time at={at} />
            </td>
            <td className="px-2 py-1">{slo}</td>
            <td className="px-2 py-1">{what}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function eventsOf({ lanes, from, happenings, outside }: ServiceView): Event[] {
  const all = lanes.flatMap(({ slo, states, alerts, transitions }) => [
    ...states.flatMap((s) =>
      s.state && s.from > from ? [{ at: s.from, slo, what: STATE_WORD[s.state] }] : [],
    ),
    ...alerts.map((a) => ({ at: a.startedAt, slo, what: `${a.tier} fired` })),
    ...alerts.flatMap((a) =>
      a.endedAt === null ? [] : [{ at: a.endedAt, slo, what: `${a.tier} cleared` }],
    ),
    ...transitions.map((t) => ({ at: t.at, slo, what: `Policy: ${t.from} → ${t.to}` })),
  ]);
  return [...all, ...happenings.flatMap(eventsOfHappening), ...outside.flatMap(eventsOfOutside)]
    .sort((a, b) => b.at - a.at)
    .map((event, i) => ({ ...event, key: `${i}-${event.at}-${event.what}` }));
}

function eventsOfOutside({ name, severity, tier, startsAt, endsAt, ...rest }: OutsideAlertView) {
  const slo = rest.slo ?? "";
  const which = tier ?? severity;
  const what = `Alert outside: ${name}${which === null ? "" : ` (${which})`}`;
  const began = { at: startsAt, slo, what: `${what} fired` };
  return endsAt === null ? [began] : [began, { at: endsAt, slo, what: `${what} was over` }];
}

/** Of the service, not of one of its SLOs. */
function eventsOfHappening({ kind, title, at, until, failed }: Happening): Omit<Event, "key">[] {
  if (kind === "deployment") {
    return [{ at, slo: "", what: `Deployed ${title}${failed ? " (failed)" : ""}` }];
  }
  const began = { at, slo: "", what: `Incident: ${title}` };
  return until === null ? [began] : [began, { at: until, slo: "", what: `Resolved: ${title}` }];
}

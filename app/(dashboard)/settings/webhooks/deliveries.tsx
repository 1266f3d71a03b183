import type { DeliveryView, ToldOf } from "#app/_data/settings/webhooks/view.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Time } from "#components/ui/time.tsx";
import { count } from "#lib/format/numbers.ts";

interface DeliveriesProps {
  readonly deliveries: readonly DeliveryView[];
}

/** What arrived, newest first, and what became of it. */
export function Deliveries({ deliveries }: DeliveriesProps) {
  if (deliveries.length === 0) {
    return (
      <Empty title="Nothing has arrived yet">
        GitHub and PagerDuty send a test event when a webhook is set up, or when its page is asked
        to; Alertmanager sends with its next alert.
      </Empty>
    );
  }
  return (
    <ol>
      {deliveries.map((delivery) => (
        <Delivery key={delivery.id} delivery={delivery} />
      ))}
    </ol>
  );
}

const NAMES = { github: "GitHub", pagerduty: "PagerDuty", alertmanager: "Alertmanager" } as const;

function Delivery({ delivery }: { delivery: DeliveryView }) {
  const { source, event, deliveryId, bytes, receivedAt, alerts } = delivery;
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-t border-line px-4 py-2 text-[13px]">
      <span className="sm:w-32">
        <Time at={receivedAt} />
      </span>
      <span className="sm:w-24">{NAMES[source]}</span>
      <span className="min-w-0 font-mono text-[12.5px] [overflow-wrap:anywhere]">{event}</span>
      <Outcome {...delivery} />
      <span className="ml-auto min-w-0 text-small text-ink-3 [overflow-wrap:anywhere]">
        {deliveryId}, {count(bytes)} bytes
      </span>
      {alerts && alerts.length > 0 && <Alerts alerts={alerts} />}
    </li>
  );
}

const MOST = 5;

/** Which alerts it told of, and to what each is tied. */
function Alerts({ alerts }: { alerts: readonly ToldOf[] }) {
  return (
    <ul className="w-full min-w-0 text-ink-2 [overflow-wrap:anywhere] sm:pl-36">
      {alerts.slice(0, MOST).map((alert, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: alerts of a delivery have no ids, and stay
        <li key={i}>
          {alert.name}
          {alert.tier !== null && ` (${alert.tier})`} {alert.isOver ? "over" : "fires"}:{" "}
          <TiedTo alert={alert} />
        </li>
      ))}
      {alerts.length > MOST && <li>and {alerts.length - MOST} more</li>}
    </ul>
  );
}

function TiedTo({ alert: { tiedTo, named } }: { alert: ToldOf }) {
  if (tiedTo !== null && named === null) return tiedTo;
  const wrong =
    named === null ? "its labels name no SLO and no service" : `no SLO ${named} is known here`;
  return (
    <span className="text-risk">
      {tiedTo === null ? "tied to nothing" : `tied to the service ${tiedTo} alone`}, {wrong}
    </span>
  );
}

/** Waiting is neither good nor bad. */
function Outcome({ processedAt, error, alerts }: DeliveryView) {
  const isTaken = alerts !== null && alerts.length > 0;
  if (error !== null) {
    return (
      <span className="min-w-0 text-out [overflow-wrap:anywhere]">
        {isTaken ? "In part" : "Failed"}: {error}
      </span>
    );
  }
  return processedAt === null ? (
    <span className="text-ink-2">Received</span>
  ) : (
    <span className="text-healthy">Processed</span>
  );
}

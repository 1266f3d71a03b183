import { Empty } from "#components/ui/empty.tsx";
import { Time } from "#components/ui/time.tsx";
import type { WebhookDelivery } from "#db/reads/webhooks.ts";
import { count } from "#lib/format/numbers.ts";

interface DeliveriesProps {
  readonly deliveries: readonly WebhookDelivery[];
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

function Delivery({ delivery }: { delivery: WebhookDelivery }) {
  const { source, event, deliveryId, bytes, receivedAt } = delivery;
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
    </li>
  );
}

/** Waiting is neither good nor bad. */
function Outcome({ processedAt, error }: WebhookDelivery) {
  if (error !== null) {
    return <span className="min-w-0 text-out [overflow-wrap:anywhere]">Failed: {error}</span>;
  }
  return processedAt === null ? (
    <span className="text-ink-2">Received</span>
  ) : (
    <span className="text-healthy">Processed</span>
  );
}

import Link from "next/link";
import { type DeliveriesAsk, deliveriesPath } from "#app/_data/settings/receivers/ask.ts";
import { ReplayAll } from "#app/(dashboard)/settings/notifications/replay.tsx";
import { STATE_LOOK } from "#app/(dashboard)/settings/notifications/words.ts";
import type { ReceiverOverview } from "#db/reads/receivers.ts";

interface DeliveryFilterProps {
  readonly ask: DeliveriesAsk;
  readonly receivers: readonly ReceiverOverview[];
}

/** Which deliveries are shown; of one receiver, what was given up can be sent again at once. */
export function DeliveryFilter({ ask, receivers }: DeliveryFilterProps) {
  const one = receivers.find(({ id }) => id === ask.receiver);
  return (
    <div className="space-y-2 px-4 pb-3 text-[13px]">
      <nav aria-label="State" className="flex flex-wrap gap-x-4 gap-y-1">
        {([null, "dead", "pending", "delivered", "dropped"] as const).map((state) => (
          <Choice
            key={state}
            href={deliveriesPath({ receiver: ask.receiver, state })}
            isOn={ask.state === state}
            label={state === null ? "All" : STATE_LOOK[state].word}
          />
        ))}
      </nav>
      <nav aria-label="Receiver" className="flex flex-wrap gap-x-4 gap-y-1">
        <Choice
          href={deliveriesPath({ state: ask.state })}
          isOn={ask.receiver === null}
          label="All receivers"
        />
        {receivers.map(({ id, name }) => (
          <Choice
            key={id}
            href={deliveriesPath({ state: ask.state, receiver: id })}
            isOn={ask.receiver === id}
            label={name}
          />
        ))}
      </nav>
      {one && one.dead > 0 && one.disabledAt === null && (
        <ReplayAll id={one.id} name={one.name} dead={one.dead} />
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly href: string;
  readonly isOn: boolean;
  readonly label: string;
}

function Choice({ href, isOn, label }: ChoiceProps) {
  return (
    <Link
      href={href}
      aria-current={isOn ? "true" : undefined}
      className="text-ink-2 underline-offset-4 hover:text-ink aria-[current]:font-[560] aria-[current]:text-ink aria-[current]:underline [overflow-wrap:anywhere]"
    >
      {label}
    </Link>
  );
}

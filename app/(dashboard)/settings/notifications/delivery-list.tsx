import Link from "next/link";
import type { DeliveryView } from "#app/_data/settings/receivers/view.ts";
import { ReplayOne } from "#app/(dashboard)/settings/notifications/replay.tsx";
import { STATE_LOOK } from "#app/(dashboard)/settings/notifications/words.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Time } from "#components/ui/time.tsx";

interface DeliveryListProps {
  readonly deliveries: readonly DeliveryView[];
  /** What is said where there are none. */
  readonly empty: string;
}

/** What was told to whom, newest first, and what became of it. */
export function DeliveryList({ deliveries, empty }: DeliveryListProps) {
  if (deliveries.length === 0) {
    return (
      <Empty title={empty}>
        Here stands every notice with its receiver, whether it arrived, and if not, why.
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

function Delivery({ delivery }: { readonly delivery: DeliveryView }) {
  const { id, receiverId, receiver, title, link, at, state, lastError, mayReplay } = delivery;
  const { word, tone } = STATE_LOOK[state];
  return (
    <li className="border-t border-line px-4 py-2 text-[13px]">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-0.5">
        <span className="sm:w-28">
          <Time at={at} />
        </span>
        <span className={`sm:w-20 ${tone}`}>{word}</span>
        <Link
          href={link}
          className="min-w-0 flex-1 basis-60 hover:underline [overflow-wrap:anywhere]"
        >
          {title}
        </Link>
        <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">{receiver}</span>
        {mayReplay && <ReplayOne receiverId={receiverId} delivery={id} title={title} />}
      </div>
      <p className="text-small text-ink-3 [overflow-wrap:anywhere]">
        <Tries delivery={delivery} />
        {lastError !== null && <> Last: {lastError}</>}
      </p>
    </li>
  );
}

function Tries({ delivery }: { readonly delivery: DeliveryView }) {
  const { attempts, state, nextAt, doneAt, replays } = delivery;
  const again = replays === 0 ? "" : `, sent again by hand ${times(replays)}`;
  return (
    <>
      Tried {attempts === 0 ? "not yet" : times(attempts)}
      {again}.
      {state === "pending" && (
        <>
          {" "}
          Next <Time at={nextAt} show="relative" />.
        </>
      )}
      {doneAt !== null && (
        <>
          {" "}
          {STATE_LOOK[state].word} <Time at={doneAt} show="relative" />.
        </>
      )}
    </>
  );
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

import type { TeamChoices } from "#app/_data/settings/receivers/view.ts";
import { ChangeReceiver } from "#app/(dashboard)/settings/notifications/change-receiver.tsx";
import {
  RemoveReceiver,
  SwitchReceiver,
} from "#app/(dashboard)/settings/notifications/receiver-actions.tsx";
import { ReplayAll } from "#app/(dashboard)/settings/notifications/replay.tsx";
import { SendTest } from "#app/(dashboard)/settings/notifications/send-test.tsx";
import { KIND_LOOK } from "#app/(dashboard)/settings/notifications/words.ts";
import { Fact, Facts } from "#app/(dashboard)/settings/tokens/facts.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ReceiverOverview } from "#db/reads/receivers.ts";
import { KIND_WORDS } from "#lib/notices/kinds.ts";

interface ReceiverListProps {
  readonly receivers: readonly ReceiverOverview[];
  readonly choices: TeamChoices;
}

/** Receivers by name, with what became of what was sent to them. */
export function ReceiverList({ receivers, choices }: ReceiverListProps) {
  if (receivers.length === 0) {
    return (
      <Empty title="Nobody is told yet">
        Add a channel of Slack or the like, or the address of a program of your own.
      </Empty>
    );
  }
  return (
    <ul>
      {receivers.map((receiver) => (
        <Receiver key={receiver.id} receiver={receiver} choices={choices} />
      ))}
    </ul>
  );
}

interface ReceiverProps {
  readonly receiver: ReceiverOverview;
  readonly choices: TeamChoices;
}

function Receiver({ receiver, choices }: ReceiverProps) {
  const { id, name, kind, disabledAt, disabledReason, dead } = receiver;
  const isOn = disabledAt === null;
  return (
    <li className="border-t border-line px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h3 className={`min-w-0 font-[560] [overflow-wrap:anywhere] ${isOn ? "" : "text-ink-2"}`}>
          {name}
        </h3>
        <span className="text-[13px] text-ink-3">{KIND_LOOK[kind].word}</span>
        {!isOn && (
          <span className="min-w-0 text-[13px] text-out [overflow-wrap:anywhere]">
            Switched off: {disabledReason}
          </span>
        )}
        <span className="ml-auto flex flex-wrap gap-2">
          <SendTest id={id} name={name} />
          <ChangeReceiver receiver={receiver} choices={choices} />
          <SwitchReceiver id={id} name={name} isOn={isOn} />
          <RemoveReceiver id={id} name={name} />
        </span>
      </div>
      <ReceiverFacts receiver={receiver} />
      {dead > 0 && (
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px]">
          <span className="text-out">
            {dead} {dead === 1 ? "notice was" : "notices were"} given up.
          </span>
          {isOn && <ReplayAll id={id} name={name} dead={dead} />}
        </div>
      )}
    </li>
  );
}

function ReceiverFacts({ receiver }: Pick<ReceiverProps, "receiver">) {
  const { host, team, kinds, quietHours, pending, lastDeliveredAt } = receiver;
  return (
    <Facts>
      <Fact name="Host">{host}</Fact>
      <Fact name="Team">{team ?? "all teams"}</Fact>
      <Fact name="Tells of">
        {kinds.length === 0 ? "everything" : kinds.map((kind) => KIND_WORDS[kind]).join(", ")}
      </Fact>
      {quietHours && (
        <Fact name="Quiet">
          {quietHours.from} to {quietHours.to}, {quietHours.zone}
        </Fact>
      )}
      {pending > 0 && <Fact name="Waiting">{pending}</Fact>}
      <Fact name="Last arrived">
        {lastDeliveredAt === null ? "never" : <Time at={lastDeliveredAt} show="relative" />}
      </Fact>
    </Facts>
  );
}

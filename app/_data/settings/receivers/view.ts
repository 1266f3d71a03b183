import type { ReceiverOverview } from "#db/reads/receivers.ts";
import type { DeliveryState } from "#db/schema/index.ts";

/** What became of one notice at one receiver. Times are epoch ms. */
export interface DeliveryView {
  readonly id: number;
  readonly receiverId: string;
  readonly receiver: string;
  /** What happened, in one line, and where that is to be seen. */
  readonly title: string;
  readonly link: string;
  readonly at: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: number;
  readonly lastError: string | null;
  readonly doneAt: number | null;
  readonly replays: number;
  /** It was given up, and its receiver is there to be tried again. */
  readonly mayReplay: boolean;
}

/** For whom one may add receivers. */
export interface TeamChoices {
  readonly teams: readonly string[];
  /** Whether one may add receivers that hear of all teams. */
  readonly allTeams: boolean;
}

export interface ReceiversView extends TeamChoices {
  readonly receivers: readonly ReceiverOverview[];
  /** The newest ones. */
  readonly deliveries: readonly DeliveryView[];
}

/** One page of the log. */
export interface DeliveriesView {
  readonly deliveries: readonly DeliveryView[];
  readonly receivers: readonly ReceiverOverview[];
  /** Where the next page begins; null on the last. */
  readonly next: number | null;
}

import { log } from "#config/log.ts";
import type { Db } from "#db/connection.ts";
import { noteDead, noteDelivered, noteGone, noteLater } from "#db/writes/outbox.ts";
import { type HeldDelivery, type Parcel, takeDue } from "#db/writes/outboxTake.ts";
import { noticeDeliveries } from "#jobs/metrics.ts";
import { SEALED } from "#jobs/notices/trial.ts";
import type { OpenSeal } from "#lib/notices/receiver.ts";
import { waitAfter } from "#lib/notices/retry.ts";
import { type Sender, send } from "#notify/send.ts";
import type { Verdict } from "#notify/verdict.ts";

/** Requests under way at a time, in all; to one receiver there is only one. */
const MOST_AT_ONCE = 8;

export interface OutboxOptions extends Sender {
  readonly db: Db;
  readonly openSeal: OpenSeal;
  /** In [0, 1); a function so that tests need no chance. */
  readonly random?: () => number;
}

/** Sends what waits to be told. Any number of processes may do it side by side. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #sending = new Set<Promise<void>>();
  #stopped = false;
  #looking: Promise<void> | null = null;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Begins to send what is due, as far as there is room; does not wait until it is sent. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const room = MOST_AT_ONCE - this.#sending.size;
    if (room <= 0 || this.#stopped) return;
    const { db, clock } = this.#options;
    for (const parcel of await takeDue(db, clock(), room)) this.#start(parcel);
  }

  #start(parcel: Parcel): void {
    const sent = this.#deliver(parcel)
      .catch((error: unknown) => log().error({ err: error }, "a notice could not be sent"))
      .finally(() => {
        this.#sending.delete(sent);
        // What comes next for this receiver need not wait for the clock.
        void this.look().catch(() => undefined);
      });
    this.#sending.add(sent);
  }

  /** Looks and sends until nothing is due. */
  async drain(): Promise<void> {
    do {
      await Promise.all(this.#sending);
      await this.look();
    } while (this.#sending.size > 0);
  }

  /** Takes no more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#looking;
    await Promise.all(this.#sending);
  }

  async #deliver(parcel: Parcel): Promise<void> {
    const open = this.#options.openSeal(parcel.receiver);
    const verdict = open
      ? await send({ receiver: parcel.receiver, open, notices: parcel.deliveries }, this.#options)
      : SEALED;
    await this.#note(parcel, verdict);
  }

  async #note(parcel: Parcel, verdict: Verdict): Promise<void> {
    const { db, clock } = this.#options;
    const now = clock();
    if (verdict.verdict === "delivered") {
      const arrived = await noteDelivered(db, heldOf(parcel), { at: now, ...verdict });
      noticeDeliveries.add(arrived, { outcome: "delivered" });
    } else if (verdict.verdict === "later") {
      await this.#noteLater(parcel, verdict, now);
    } else {
      const failed = { at: now, ...verdict };
      const dead =
        verdict.verdict === "gone"
          ? await noteGone(db, parcel.receiver.id, { ...failed, status: verdict.status })
          : await noteDead(db, heldOf(parcel), failed);
      this.#countDead(parcel, dead, verdict.reason);
    }
  }

  /** Each by its own count of tries: in a message about many, some may be at their last. */
  async #noteLater(parcel: Parcel, verdict: Later, now: number): Promise<void> {
    const { db, random = Math.random } = this.#options;
    const failed = { at: now, status: verdict.status, reason: verdict.reason };
    const chance = random();
    const waitOf = ({ attempts }: HeldDelivery) =>
      waitAfter({ attempts, retryAfterMs: verdict.retryAfterMs, random: chance });
    const byWait = Map.groupBy(parcel.deliveries, waitOf);
    for (const [waitMs, deliveries] of byWait) {
      const held = heldOf({ ...parcel, deliveries });
      if (waitMs === null) {
        this.#countDead(parcel, await noteDead(db, held, failed), verdict.reason);
      } else {
        // Who asks for a pause means all that would be sent, not this message.
        const restingReceiver = verdict.retryAfterMs === null ? null : parcel.receiver.id;
        await noteLater(db, held, { ...failed, waitMs, restingReceiver });
      }
    }
    noticeDeliveries.add(1, { outcome: "failed" });
  }

  #countDead({ receiver }: Parcel, dead: number, reason: string): void {
    noticeDeliveries.add(dead, { outcome: "dead" });
    log().warn({ receiver: receiver.id, notices: dead, reason }, "notices were given up");
  }
}

type Later = Extract<Verdict, { readonly verdict: "later" }>;

function heldOf({ lease, deliveries }: Pick<Parcel, "lease" | "deliveries">) {
  return { lease, ids: deliveries.map(({ id }) => id) };
}

import type { Config } from "#config/config.ts";
import type { Db } from "#db/connection.ts";
import { readSealedReceiver } from "#db/reads/receivers.ts";
import type { OpenSeal } from "#lib/notices/receiver.ts";
import { sendTest } from "#notify/send.ts";
import type { Verdict } from "#notify/verdict.ts";

export interface Trial {
  readonly db: Db;
  readonly id: string;
  readonly config: Pick<Config, "notify" | "publicUrl">;
  readonly openSeal: OpenSeal;
  readonly clock: () => number;
}

/** Sends a test to a receiver, at once and once; also to one that is switched off. Null when there is none. */
export async function tryReceiver(trial: Trial): Promise<Verdict | null> {
  const receiver = await readSealedReceiver(trial.db, trial.id);
  if (!receiver) return null;
  const open = trial.openSeal(receiver);
  if (!open) return SEALED;
  const { clock, config } = trial;
  const sender = { policy: config.notify, publicUrl: config.publicUrl, clock };
  return sendTest({ receiver, open }, sender);
}

/** Why an address of ours cannot be used. */
export const SEALED: Extract<Verdict, { readonly verdict: "refused" }> = {
  verdict: "refused",
  status: null,
  reason: "its address cannot be opened: PLIMSOLL_SECRET is another now; give the address anew",
};

import type { ExceptionAsk } from "#db/writes/exceptions.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

/** What somebody asked for before the demo began, and what became of it. */
export interface Asking extends Pick<ExceptionAsk, "service" | "slo" | "need" | "justification"> {
  readonly risk: string;
  readonly mitigations: string;
  readonly asker: string;
  readonly agoMs: number;
  readonly lastsMs: number;
  readonly decided: {
    readonly decider: string;
    readonly afterMs: number;
    readonly decision: "approved" | "rejected";
    readonly note: string | null;
  } | null;
}

/**
 * Checkout is frozen and its launch waits for a decision; payments ships in spite of its bank. Three
 * teams needed the same thing, a dependency, this quarter: that is a finding about the policy.
 */
export const ASKED: readonly Asking[] = [
  {
    ...{ service: "orders", slo: null, need: "dependency", asker: "Mira Okafor" },
    ...{ agoMs: 31 * DAY, lastsMs: 7 * DAY },
    justification:
      "The warehouse's own API was down for an afternoon. Our release moves to the queue that would have helped.",
    risk: "Orders confirmed twice if the queue is drained too early.",
    mitigations: "Idempotency keys are checked; one cell first, the rest a day later.",
    decided: {
      ...{ decider: "Jonas Weber", afterMs: 2 * HOUR, decision: "approved" },
      note: "The fix is the release.",
    },
  },
  {
    ...{ service: "search", slo: "availability", need: "dependency", asker: "Ines Duarte" },
    ...{ agoMs: 19 * DAY, lastsMs: 5 * DAY },
    justification: "The index provider had an outage of its own; nothing of ours failed.",
    risk: "A second outage of theirs would be ours to explain.",
    mitigations: "The old index stays warm and takes over by a flag.",
    decided: { decider: "Mira Okafor", afterMs: 5 * HOUR, decision: "approved", note: null },
  },
  {
    ...{ service: "cart", slo: "availability", need: "commitment", asker: "Tomás Varga" },
    ...{ agoMs: 12 * DAY, lastsMs: 14 * DAY },
    justification: "The partner's contract names the end of the month.",
    risk: "Carts lost at the busiest hour.",
    mitigations: "We would roll out at night.",
    decided: {
      ...{ decider: "Jonas Weber", afterMs: 20 * HOUR, decision: "rejected" },
      note: "The contract allows a week more; mend the session store first.",
    },
  },
  {
    ...{ service: "payments", slo: "latency", need: "dependency", asker: "Ines Duarte" },
    ...{ agoMs: 9 * DAY, lastsMs: 14 * DAY },
    justification:
      "The bank's new endpoint answers slowly until they scale it; it spends our budget and not our users' patience.",
    risk: "Payments that take more than a second while something of ours gets slower too, and nobody sees it.",
    mitigations:
      "Our own share of the latency has an alert of its own; the bank's answers are timed apart.",
    decided: {
      ...{ decider: "Jonas Weber", afterMs: 3 * HOUR, decision: "approved" },
      note: "Until the bank has scaled. Ask anew with their date if it takes longer.",
    },
  },
  {
    ...{ service: "checkout", slo: "availability", need: "launch", asker: "Mira Okafor" },
    ...{ agoMs: 5 * HOUR, lastsMs: 10 * DAY },
    justification: "The gift cards are announced to partners for Friday, and the code is merged.",
    risk: "Another failure at the payment form, as three days ago, at the busiest time of the year.",
    mitigations:
      "Behind a flag, 5 % of buyers for a day; Tomás watches the payment step; the flag goes off at 2 % errors.",
    decided: null,
  },
];

import { fasterThan, flow, promise, requests, results } from "#demo/story/cast/flow.ts";
import { after, clockTime, daysAgo, minutesIn } from "#demo/story/episode.ts";
import type { Flow } from "#demo/story/flow.ts";
import { OFFICE, STEADY } from "#demo/story/rhythm.ts";

/** Episodes that have no end in sight still need one. */
const FOR_MONTHS = minutesIn(120 * 1440);

/** A card network's new endpoint is slower than its old one: never bad enough to wake anyone. */
export const NEW_ENDPOINT = daysAgo(9);

/** A migration held a lock on the ledger, at night. */
export const LEDGER_LOCK = clockTime(16, 2, 10);
export const MINUTES_OF_LOCK = 12;

export const payments: readonly Flow[] = [
  flow({
    service: "payments",
    slo: "availability",
    perMinute: 240,
    promised: promise(0.9995),
    shape: requests(),
  }),
  flow({
    service: "payments",
    slo: "latency",
    perMinute: 240,
    promised: promise(0.99),
    usualSpend: 0.3,
    episodes: [{ from: NEW_ENDPOINT, to: FOR_MONTHS, effect: { kind: "burns", rate: 1.75 } }],
    shape: fasterThan(1),
  }),
  flow({
    service: "payments",
    slo: "refunds",
    // Very little traffic: about one request in ten minutes.
    perMinute: 0.1,
    rhythm: OFFICE,
    promised: promise(0.99),
    shape: results("payment_refunds_total"),
  }),
  flow({
    service: "ledger",
    slo: "postings",
    perMinute: 480,
    rhythm: STEADY,
    promised: promise(0.9999),
    usualSpend: 0.3,
    episodes: [
      {
        from: LEDGER_LOCK,
        to: after(LEDGER_LOCK, MINUTES_OF_LOCK),
        effect: { kind: "spends", budgets: 0.15 },
      },
    ],
    shape: results("ledger_postings_total"),
  }),
  flow({
    service: "ledger",
    slo: "reconciliation",
    perMinute: 30,
    rhythm: STEADY,
    promised: promise(0.995),
    usualSpend: 0.3,
    shape: results("ledger_reconciliation_total"),
  }),
];

import { fasterThan, flow, promise, requests, results } from "#demo/story/cast/flow.ts";
import { after, clockTime, daysAgo, minutesIn } from "#demo/story/episode.ts";
import type { Flow } from "#demo/story/flow.ts";
import { OFFICE, STEADY } from "#demo/story/rhythm.ts";

/** Episodes that have no end in sight still need one. */
const FOR_MONTHS = minutesIn(120 * 1440);

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
    // Since a card network's new endpoint nine days ago: never bad enough to wake anyone.
    episodes: [{ from: daysAgo(9), to: FOR_MONTHS, effect: { kind: "burns", rate: 1.75 } }],
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
        from: clockTime(16, 2, 10),
        to: after(clockTime(16, 2, 10), 12),
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

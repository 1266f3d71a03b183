import { fasterThan, flow, promise, requests, results } from "#demo/story/cast/flow.ts";
import { after, clockTime, daysAgo, minutesIn } from "#demo/story/episode.ts";
import type { Flow } from "#demo/story/flow.ts";

/** Two incidents of search: the second exhausted the budget; it recovered when the first left the window. */
export const FIRST_INCIDENT = clockTime(33, 9, 40);
export const SECOND_INCIDENT = clockTime(20, 16, 15);
export const MINUTES_OF_FIRST = 150;
export const MINUTES_OF_SECOND = 135;

/** A slow leak of errors since a dependency was upgraded. */
export const LEAK = daysAgo(2.5);
const LEAK_ENDS = minutesIn(30 * 1440);

export const discovery: readonly Flow[] = [
  flow({
    service: "search",
    slo: "availability",
    perMinute: 1400,
    promised: promise(0.995),
    usualSpend: 0.12,
    episodes: [
      {
        from: FIRST_INCIDENT,
        to: after(FIRST_INCIDENT, MINUTES_OF_FIRST),
        effect: { kind: "spends", budgets: 0.5 },
      },
      {
        from: SECOND_INCIDENT,
        to: after(SECOND_INCIDENT, MINUTES_OF_SECOND),
        effect: { kind: "spends", budgets: 0.53 },
      },
    ],
    shape: requests(),
  }),
  flow({
    service: "search",
    slo: "latency",
    perMinute: 1400,
    promised: promise(0.99),
    usualSpend: 0.3,
    shape: fasterThan(0.5),
  }),
  flow({
    service: "search",
    slo: "index-freshness",
    perMinute: 0,
    promised: promise(0.99),
    usualSpend: 0.2,
    shape: {
      kind: "gauge",
      metric: "search_index_age_seconds",
      labels: {},
      usual: 95,
      unusual: 1300,
    },
  }),
  flow({
    service: "recommendations",
    slo: "availability",
    perMinute: 700,
    promised: promise(0.99),
    shape: requests(),
  }),
  flow({
    service: "recommendations",
    slo: "latency",
    perMinute: 700,
    // Aspirational: not met yet, and not enforced.
    promised: promise(0.999),
    usualSpend: 1.6,
    shape: fasterThan(0.25),
  }),
  flow({
    service: "catalog",
    slo: "availability",
    perMinute: 820,
    promised: promise(0.999),
    usualSpend: 0.2,
    episodes: [{ from: LEAK, to: LEAK_ENDS, effect: { kind: "burns", rate: 1.5 } }],
    shape: requests(),
  }),
  flow({
    service: "catalog",
    slo: "latency",
    perMinute: 820,
    promised: promise(0.99),
    shape: fasterThan(0.5),
  }),
  flow({
    service: "catalog",
    slo: "price-feed",
    perMinute: 90,
    promised: promise(0.995),
    begins: daysAgo(3),
    usualSpend: 0.3,
    shape: results("price_feed_updates_total"),
  }),
];

import { fasterThan, flow, promise, requests, results } from "#demo/story/cast/flow.ts";
import { after, clockTime, minutesIn } from "#demo/story/episode.ts";
import type { Flow } from "#demo/story/flow.ts";

/**
 * Three days ago a release of checkout failed at the payment form: within 38 minutes it had spent
 * what was left of the month's budget (the rest of 0.3), and 52 minutes in it was rolled back.
 */
export const BAD_RELEASE = clockTime(3, 14, 20);
const MINUTES_TO_EXHAUST = 38;
export const MINUTES_TO_ROLL_BACK = 52;
const CHECKOUT_USUAL = 0.3;
const RELEASE_SPEND = ((1 - CHECKOUT_USUAL) / MINUTES_TO_EXHAUST) * MINUTES_TO_ROLL_BACK;

/** Happening now: begun 22 minutes before the demo, over 45 minutes after its start. */
export const CART_TROUBLE = minutesIn(-22);
export const CART_TROUBLE_ENDS = minutesIn(45);

/** A missing index made every order slow for an afternoon. */
export const SLOW_ORDERS = clockTime(5, 11, 5);
export const MINUTES_OF_SLOW_ORDERS = 300;

export const shop: readonly Flow[] = [
  flow({
    service: "checkout",
    slo: "availability",
    perMinute: 620,
    promised: promise(0.999),
    usualSpend: CHECKOUT_USUAL,
    episodes: [
      {
        from: BAD_RELEASE,
        to: after(BAD_RELEASE, MINUTES_TO_ROLL_BACK),
        effect: { kind: "spends", budgets: RELEASE_SPEND },
      },
    ],
    shape: requests(),
  }),
  flow({
    service: "checkout",
    slo: "latency",
    perMinute: 620,
    promised: promise(0.99),
    usualSpend: 0.25,
    episodes: [
      {
        from: BAD_RELEASE,
        to: after(BAD_RELEASE, MINUTES_TO_ROLL_BACK),
        effect: { kind: "spends", budgets: 0.08 },
      },
    ],
    shape: fasterThan(0.5),
  }),
  flow({
    service: "checkout",
    slo: "payment-step",
    perMinute: 210,
    promised: promise(0.995),
    shape: results("checkout_steps_total", { step: "payment" }),
  }),
  flow({
    service: "cart",
    slo: "availability",
    perMinute: 900,
    promised: promise(0.999),
    episodes: [{ from: CART_TROUBLE, to: CART_TROUBLE_ENDS, effect: { kind: "burns", rate: 60 } }],
    shape: requests(),
  }),
  flow({
    service: "cart",
    slo: "latency",
    perMinute: 900,
    promised: promise(0.99),
    usualSpend: 0.35,
    shape: fasterThan(0.25),
  }),
  flow({
    service: "orders",
    slo: "availability",
    perMinute: 260,
    promised: promise(0.9995, 28),
    usualSpend: 0.15,
    shape: requests(),
  }),
  flow({
    service: "orders",
    slo: "latency-p95",
    perMinute: 260,
    promised: promise(0.99),
    usualSpend: 0.25,
    episodes: [
      {
        from: SLOW_ORDERS,
        to: after(SLOW_ORDERS, MINUTES_OF_SLOW_ORDERS),
        effect: { kind: "spends", budgets: 0.64 },
      },
    ],
    shape: { kind: "percentile", labels: {}, le: 0.5 },
  }),
  flow({
    service: "orders",
    slo: "fulfilment-lag",
    perMinute: 0,
    promised: promise(0.99),
    shape: {
      kind: "gauge",
      metric: "fulfilment_queue_lag_seconds",
      labels: {},
      usual: 14,
      unusual: 190,
    },
  }),
];

import { fasterThan, flow, promise, requests, results } from "#demo/story/cast/flow.ts";
import { after, clockTime, minutesIn } from "#demo/story/episode.ts";
import type { Flow } from "#demo/story/flow.ts";
import { OFFICE, SHOPPERS } from "#demo/story/rhythm.ts";

/** The edge's Prometheus stopped scraping 40 minutes before the demo began. */
const EDGE_STOPS = minutesIn(-40);

/** A mail provider deferred everything for a morning. */
export const MAIL_DEFERRED = clockTime(12, 8, 30);
export const MINUTES_OF_DEFERRING = 210;

const identity: readonly Flow[] = [
  flow({
    service: "identity",
    slo: "sign-in",
    perMinute: 160,
    rhythm: SHOPPERS,
    promised: promise(0.9995),
    shape: results("identity_sign_ins_total"),
  }),
  flow({
    service: "identity",
    slo: "tokens",
    perMinute: 1900,
    promised: promise(0.9999),
    usualSpend: 0.25,
    shape: results("identity_tokens_total"),
  }),
  flow({
    service: "identity",
    slo: "sign-in-latency",
    perMinute: 160,
    promised: promise(0.99),
    usualSpend: 0.3,
    shape: fasterThan(1),
  }),
];

const notifications: readonly Flow[] = [
  flow({
    service: "notifications",
    slo: "email-delivery",
    perMinute: 140,
    promised: promise(0.99),
    usualSpend: 0.3,
    episodes: [
      {
        from: MAIL_DEFERRED,
        to: after(MAIL_DEFERRED, MINUTES_OF_DEFERRING),
        effect: { kind: "spends", budgets: 0.28 },
      },
    ],
    shape: results("notifications_sent_total", { channel: "email" }),
  }),
  flow({
    service: "notifications",
    slo: "push-delivery",
    perMinute: 320,
    promised: promise(0.98),
    shape: results("notifications_sent_total", { channel: "push" }),
  }),
];

const partnerImport: readonly Flow[] = [
  flow({
    service: "partner-import",
    slo: "imports",
    perMinute: 45,
    rhythm: { ...OFFICE, swing: 0.3, weekend: 0.9 },
    promised: promise(0.99),
    // The partners' side has sent nothing for five hours, and nobody has noticed yet.
    episodes: [{ from: minutesIn(-300), to: minutesIn(30 * 1440), effect: { kind: "silent" } }],
    shape: results("partner_imports_total", { feed: "api" }),
  }),
  flow({
    service: "partner-import",
    slo: "legacy-feed",
    // Nobody has used it for months.
    perMinute: 0,
    promised: promise(0.99),
    shape: results("partner_imports_total", { feed: "ftp" }),
  }),
];

const cdn: readonly Flow[] = [
  flow({
    service: "cdn",
    slo: "availability",
    source: "edge",
    ends: EDGE_STOPS,
    perMinute: 5200,
    promised: promise(0.9995),
    shape: requests(),
  }),
  flow({
    service: "cdn",
    slo: "latency",
    source: "edge",
    ends: EDGE_STOPS,
    perMinute: 5200,
    promised: promise(0.99),
    usualSpend: 0.3,
    shape: fasterThan(0.1),
  }),
];

export const platform: readonly Flow[] = [...identity, ...notifications, ...partnerImport, ...cdn];

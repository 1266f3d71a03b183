import { BAD_RELEASE, CART_TROUBLE, MINUTES_TO_ROLL_BACK } from "#demo/story/cast/shop.ts";
import { after, type Moment } from "#demo/story/episode.ts";

const MINUTE = 60_000;
/** How Alertmanager says that an alert still fires. */
const STILL_FIRING = "0001-01-01T00:00:00Z";

interface Fired {
  readonly slo: string;
  readonly from: Moment;
  /** Null: it fires still. */
  readonly to: Moment | null;
}

/** At 14.4 times an even spend over an hour: a while into the trouble at the cart's 60 times, soon at checkout. */
const FIRED: readonly Fired[] = [
  {
    slo: "checkout/availability",
    from: after(BAD_RELEASE, 3),
    to: after(BAD_RELEASE, MINUTES_TO_ROLL_BACK + 5),
  },
  { slo: "cart/availability", from: after(CART_TROUBLE, 15), to: null },
];

/** What an Alertmanager tells when the shop's own Prometheus runs the exported rules: version 4 of its webhook. */
export function toldByAlertmanager(anchor: number): object {
  const minute = Math.floor(anchor / MINUTE);
  return {
    version: "4",
    groupKey: '{}:{alertname="ErrorBudgetBurn"}',
    status: "firing",
    alerts: FIRED.map((fired) => alertOf(fired, minute)),
  };
}

function alertOf({ slo, from, to }: Fired, minute: number): object {
  const [service = slo] = slo.split("/");
  return {
    status: to === null ? "firing" : "resolved",
    labels: {
      ...{ alertname: "ErrorBudgetBurn", service, slo },
      ...{ severity: "page", tier: "page-fast", team: "shop" },
    },
    annotations: { summary: `${slo} spends its error budget more than 14.4 times too fast` },
    startsAt: iso(from(minute)),
    endsAt: to === null ? STILL_FIRING : iso(to(minute)),
    generatorURL: "",
    fingerprint: `demo-${slo}`,
  };
}

function iso(minute: number): string {
  return new Date(minute * MINUTE).toISOString();
}

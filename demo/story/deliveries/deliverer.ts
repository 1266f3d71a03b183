/** How a service's versions reach production, and how busy the people are who send them. */
export interface Deliverer {
  readonly service: string;
  /** `owner/name`; services may share one. */
  readonly repository: string;
  /** How GitHub hears of a deployment. */
  readonly by: "deployment" | "release" | "tag" | "workflow" | "merge";
  /** Of its production deployments. */
  readonly environment: string;
  /** Deployments on a working day, on average. */
  readonly perDay: number;
  /** Changes that a deployment brings besides the first, on average. */
  readonly more: number;
  readonly merging: "squash" | "merge" | "rebase";
  readonly people: readonly string[];
  readonly titles: readonly string[];
}

const ORDINARY = {
  by: "deployment",
  environment: "production",
  more: 0.6,
  merging: "squash",
} as const;

type Differences = Partial<Deliverer> & Omit<Deliverer, keyof typeof ORDINARY>;

function deliverer(differences: Differences): Deliverer {
  return { ...ORDINARY, ...differences };
}

const SHOP = ["mira", "tomas", "yusuf", "ines"];
const PAYMENTS = ["bea", "kofi", "lena"];
const DISCOVERY = ["arun", "sofia", "pavel"];
const PLATFORM = ["noor", "emil", "greta"];

const shop: readonly Deliverer[] = [
  deliverer({
    service: "checkout",
    repository: "acme/checkout",
    perDay: 1.3,
    people: SHOP,
    titles: [
      "Show delivery dates before payment",
      "Keep the address when a payment fails",
      "Let gift cards pay a part",
      "Say which field of the form is wrong",
      "Drop the old coupon form",
      "Load the order summary in one request",
      "Test the payment form with a keyboard alone",
      "Count abandoned payments by step",
    ],
  }),
  deliverer({
    service: "cart",
    repository: "acme/cart",
    perDay: 0.8,
    people: SHOP,
    titles: [
      "Merge carts on sign-in",
      "Warn when a price has changed",
      "Expire carts after 30 days",
      "Cache stock levels for a minute",
      "Move the cart's session store",
      "Show saved items below the cart",
    ],
  }),
  deliverer({
    service: "orders",
    repository: "acme/orders",
    perDay: 0.6,
    more: 1,
    merging: "merge",
    people: SHOP,
    titles: [
      "List a customer's orders by page",
      "Write fulfilment events in one transaction",
      "Allow an order to be split",
      "Archive orders after two years",
      "Retry the warehouse's callback",
      "Print customs papers for Norway",
    ],
  }),
];

const payments: readonly Deliverer[] = [
  deliverer({
    service: "payments",
    repository: "acme/payments",
    by: "release",
    perDay: 0.35,
    more: 1.6,
    merging: "rebase",
    people: PAYMENTS,
    titles: [
      "Refund in the currency of the payment",
      "Ask the bank again after a timeout",
      "Store the network's reference",
      "Check card numbers before they are sent",
      "Report declined payments by reason",
      "Rotate the acquirer's keys without a restart",
    ],
  }),
  deliverer({
    service: "ledger",
    repository: "acme/ledger",
    by: "tag",
    environment: "ledger",
    perDay: 0.2,
    more: 1.2,
    people: PAYMENTS,
    titles: [
      "Close a month in the background",
      "Reject postings without a counterpart",
      "Round as the tax office does",
      "Speed up the statement of an account",
      "Compare balances with the bank each night",
    ],
  }),
];

const STOREFRONT = {
  repository: "acme/storefront",
  people: DISCOVERY,
  merging: "squash",
} as const;

const discovery: readonly Deliverer[] = [
  deliverer({
    ...STOREFRONT,
    service: "search",
    environment: "production-search",
    perDay: 0.6,
    titles: [
      "Search: rank what is in stock first",
      "Search: understand plurals in Dutch",
      "Search: index prices as they change",
      "Search: drop stop words from suggestions",
      "Search: split the query cache by language",
    ],
  }),
  deliverer({
    ...STOREFRONT,
    service: "catalog",
    environment: "production-catalog",
    perDay: 0.5,
    titles: [
      "Catalog: show sizes as a table",
      "Catalog: serve pictures in two sizes",
      "Catalog: read prices from the feed",
      "Catalog: forget products without stock",
      "Catalog: translate measures",
    ],
  }),
  deliverer({
    service: "recommendations",
    repository: "acme/recommendations",
    by: "workflow",
    environment: "deploy.yml",
    perDay: 0.3,
    people: DISCOVERY,
    titles: [
      "Train on the last 90 days",
      "Leave out what was just bought",
      "Score in batches of 64",
      "Fall back to best sellers",
    ],
  }),
];

const platform: readonly Deliverer[] = [
  deliverer({
    service: "identity",
    repository: "acme/identity",
    perDay: 0.3,
    more: 0.9,
    people: PLATFORM,
    titles: [
      "Sign tokens with the new key",
      "Limit attempts by account, not by address",
      "Let a session be ended everywhere",
      "Move passkeys out of the beta",
      "Shorten the life of refresh tokens",
    ],
  }),
  deliverer({
    service: "notifications",
    repository: "acme/notifications",
    perDay: 0.35,
    people: PLATFORM,
    titles: [
      "Send receipts in the customer's language",
      "Respect quiet hours for push messages",
      "Retry mails that were deferred",
      "Render mails without the old templates",
    ],
  }),
  deliverer({
    service: "partner-import",
    repository: "acme/partner-import",
    by: "merge",
    environment: "main",
    perDay: 0.2,
    more: 0,
    people: PLATFORM,
    titles: [
      "Accept the feed's second version",
      "Log rejected records once",
      "Read feeds in parallel",
    ],
  }),
];

/** Everyone who deploys; cdn is bought, and has no repository. */
export const DELIVERERS: readonly Deliverer[] = [...shop, ...payments, ...discovery, ...platform];

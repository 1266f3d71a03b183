import {
  FIRST_INCIDENT,
  LEAK,
  MINUTES_OF_FIRST,
  MINUTES_OF_SECOND,
  SECOND_INCIDENT,
} from "#demo/story/cast/discovery.ts";
import { LEDGER_LOCK, MINUTES_OF_LOCK, NEW_ENDPOINT } from "#demo/story/cast/payments.ts";
import { MAIL_DEFERRED, MINUTES_OF_DEFERRING } from "#demo/story/cast/platform.ts";
import {
  BAD_RELEASE,
  CART_TROUBLE,
  CART_TROUBLE_ENDS,
  MINUTES_OF_SLOW_ORDERS,
  MINUTES_TO_ROLL_BACK,
  SLOW_ORDERS,
} from "#demo/story/cast/shop.ts";
import { type Turn, turn } from "#demo/story/deliveries/turn.ts";
import { daysAgo, type Moment } from "#demo/story/episode.ts";

/**
 * The turns of the budgets' story as deliveries tell them: what was deployed minutes before a budget
 * began to burn, and what mended it. All minutes are counted from the start of the burn.
 */
export const TURNS: readonly Turn[] = [
  turn("checkout", BAD_RELEASE, {
    // The budget is spent: nothing else ships.
    quiet: { before: 360, after: 60 * 24 * 60 },
    ships: [
      { at: -3, key: "one-step", title: "Ask for card and address in one step", author: "tomas" },
      {
        at: 19 * 60,
        key: "one-step-back",
        title: 'Revert "Ask for card and address in one step"',
        author: "mira",
        reverts: "one-step",
      },
    ],
    rollbackAt: MINUTES_TO_ROLL_BACK,
    outage: {
      title: "Checkout fails at the payment form",
      severity: 1,
      noticedAfter: 7,
      resolvedAfter: MINUTES_TO_ROLL_BACK,
      cause: "one-step",
      fix: "one-step-back",
      told: "Half of all payments ended in a 503. The release was rolled back.",
    },
  }),
  turn("cart", CART_TROUBLE, {
    quiet: { before: 360, after: 360 },
    ships: [
      {
        at: -3,
        key: "reserve",
        title: "Reserve stock when it is put into the cart",
        author: "ines",
      },
      {
        at: (anchor) => CART_TROUBLE_ENDS(anchor) - CART_TROUBLE(anchor),
        key: "reserve-later",
        title: "Hotfix: reserve stock at checkout again",
        author: "yusuf",
        labels: ["hotfix"],
      },
    ],
    outage: {
      title: "Carts cannot be opened",
      severity: 2,
      noticedAfter: 8,
      resolvedAfter: (anchor) => CART_TROUBLE_ENDS(anchor) - CART_TROUBLE(anchor),
      fix: "reserve-later",
      told: "Requests wait for a lock on the stock table. We are looking into it.",
    },
  }),
  turn("orders", SLOW_ORDERS, {
    quiet: { before: 600, after: 600 },
    ships: [
      { at: -4, key: "by-email", title: "Find orders by e-mail address", author: "yusuf" },
      {
        at: MINUTES_OF_SLOW_ORDERS,
        key: "index",
        title: "Hotfix: add the index on orders.email",
        author: "ines",
        labels: ["hotfix"],
      },
    ],
    outage: {
      title: "Placing an order takes seconds",
      severity: 2,
      noticedAfter: 38,
      resolvedAfter: MINUTES_OF_SLOW_ORDERS,
      cause: "by-email",
      fix: "index",
      told: "Every order read the whole table: an index was missing.",
    },
  }),
  turn("search", FIRST_INCIDENT, {
    quiet: { before: 600, after: 900 },
    ships: [{ at: -5, key: "shards", title: "Search: ask all shards at once", author: "arun" }],
    rollbackAt: MINUTES_OF_FIRST,
    outage: {
      title: "Search gives no results",
      severity: 2,
      noticedAfter: 16,
      resolvedAfter: MINUTES_OF_FIRST,
      cause: "shards",
      told: "The shards ran out of connections.",
    },
  }),
  turn("search", SECOND_INCIDENT, {
    quiet: { before: 600, after: 900 },
    ships: [
      { at: -4, key: "synonyms", title: "Search: match synonyms in every field", author: "sofia" },
      {
        at: MINUTES_OF_SECOND,
        key: "synonyms-back",
        title: 'Revert "Search: match synonyms in every field"',
        author: "sofia",
        reverts: "synonyms",
      },
    ],
    outage: {
      title: "Search times out for long queries",
      severity: 1,
      noticedAfter: 11,
      resolvedAfter: MINUTES_OF_SECOND,
      fix: "synonyms-back",
      told: "Queries with many words were multiplied by their synonyms.",
    },
  }),
  turn("ledger", LEDGER_LOCK, {
    quiet: { before: 2000, after: 600 },
    ships: [
      { at: -2, key: "lock", title: "Add a column for the bank's reference", author: "kofi" },
    ],
    outage: {
      title: "Postings were refused for twelve minutes",
      severity: 3,
      noticedAfter: 5,
      resolvedAfter: MINUTES_OF_LOCK,
      cause: "lock",
      told: "The migration held a lock. It ended by itself.",
    },
  }),
  turn("notifications", MAIL_DEFERRED, {
    // Nobody deployed anything: the provider is at fault.
    quiet: { before: 2000, after: 300 },
    outage: {
      title: "Mails are deferred by the provider",
      severity: 3,
      noticedAfter: 47,
      resolvedAfter: MINUTES_OF_DEFERRING,
      told: "The provider deferred everything until noon. Nothing of ours had changed.",
    },
  }),
  // Two deployments that nobody has connected with what they cost yet.
  turn("payments", NEW_ENDPOINT, {
    quiet: { before: 600, after: 600 },
    ships: [
      { at: -4, key: "endpoint", title: "Use the card network's new endpoint", author: "bea" },
    ],
  }),
  turn("catalog", LEAK, {
    quiet: { before: 300, after: 600 },
    ships: [
      { at: -3, key: "client", title: "Catalog: update the HTTP client", author: "renovate[bot]" },
    ],
  }),
  // Before the counts begin: what makes earlier months comparable.
  turn("identity", at(74, 10), {
    quiet: { before: 600, after: 600 },
    ships: [
      { at: -6, key: "clock", title: "Reject tokens from the future", author: "emil" },
      {
        at: 95,
        key: "clock-fix",
        title: "Hotfix: allow a minute of clock drift",
        author: "noor",
        labels: ["hotfix"],
      },
    ],
    outage: {
      title: "Some devices cannot sign in",
      severity: 2,
      noticedAfter: 25,
      resolvedAfter: 95,
      cause: "clock",
      fix: "clock-fix",
      told: "Devices whose clock is fast were refused.",
    },
  }),
  turn("cart", at(52, 13), {
    quiet: { before: 600, after: 600 },
    ships: [{ at: -5, key: "totals", title: "Round totals per line", author: "mira" }],
    rollbackAt: 34,
    outage: {
      title: "Totals are off by a cent",
      severity: 3,
      noticedAfter: 12,
      resolvedAfter: 34,
      cause: "totals",
      told: "Sums of rounded lines are not rounded sums.",
    },
  }),
  turn("checkout", at(87, 15), {
    quiet: { before: 300, after: 300 },
    ships: [{ at: -8, key: "wallet", title: "Offer wallets first", author: "ines" }],
    rollbackAt: 41,
    outage: {
      title: "Wallet payments are refused",
      severity: 2,
      noticedAfter: 14,
      resolvedAfter: 41,
      cause: "wallet",
      told: "The wallet's certificate was that of the test environment.",
    },
  }),
];

/** The beginning of an hour of the day that many days ago. */
function at(days: number, hour: number): Moment {
  return (anchor) => Math.floor(daysAgo(days)(anchor) / 1440) * 1440 + hour * 60;
}

import { component, group } from "#lib/spec/backstage/testing.ts";
import { alert } from "#lib/spec/openslo/testing.ts";
import { alertWindows, metric, openSlo, plain, pyrra, sloth, slothCrd } from "#lib/spec/testing.ts";

/** Documents of every dialect that mutations start from. */
export const SEEDS: readonly string[] = [
  plain(),
  plain({
    window: "{ calendar: month, zone: UTC }",
    grouping: "[a]",
    budgeting: "{ method: timeslices, target: 0.9, window: 5m }",
  }),
  plain({ alerting: "{ tiers: [{ severity: page, factor: 2, long: 1h, short: 5m }] }" }),
  sloth(),
  `${slothCrd()}\n---\n${alertWindows()}`,
  openSlo({ alertPolicies: alert({}) }),
  openSlo({
    timeWindow: "[{ duration: 1M, calendar: { startTime: '2026-01-01 00:00:00', timeZone: UTC } }]",
  }),
  pyrra(),
  pyrra({ indicator: "{ latencyNative: { total: { metric: x }, latency: 1s, grouping: [a] } }" }),
  plain(
    {
      exclusions:
        "[{ reason: Upgrade, start: 2026-01-31 22:00, duration: 1h, zone: Europe/Berlin }]",
    },
    {
      owner: "group:default/shop",
      labels: "&shared { tier: 1 }",
      runbook: "https://wiki.example/api",
    },
  ),
  metric("histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))", {
    target: "0.5",
    objective: "0.95",
  }),
  [
    plain({ error_budget_policy: "{ experiments: exclude }" }),
    "---\napiVersion: n9/v1alpha\nkind: BudgetAdjustment",
    "metadata: { name: upgrade, displayName: Upgrade }",
    "spec: { firstEventStart: 2026-01-31T22:00:00Z, duration: 1h, rrule: FREQ=WEEKLY, filters: { slos: [{ name: availability, project: api }] } }",
  ].join("\n"),
  component({ system: "shop" }, { links: "[{ url: 'https://a.example', title: A }]" }),
  `${component()}\n---\n${group("shop")}`,
];

const PUT = [
  ..."\n-:{}[]'\"&*!|>%@`#,?",
  ...[
    "- ",
    ": ",
    "  ",
    "\t",
    "&a ",
    "*a",
    "!!map ",
    "---\n",
    "null",
    "~",
    "1e999",
    "-0",
    "0x1F",
    "NaN",
  ],
  ...[
    "__proto__",
    "constructor",
    "{{.window}}",
    "\u0000",
    "\ud800",
    "/",
    "ä",
    "100",
    "0",
    "-1",
    "1M",
    "1m",
  ],
];

/**
 * The nth mutant: a document of some dialect with parts cut out, doubled, swapped and replaced. The
 * same number gives the same text.
 * @example mutant(7) === mutant(7) // true
 */
export function mutant(n: number): string {
  const random = randomFrom(n);
  let text = SEEDS[random(SEEDS.length)] ?? "";
  const edits = 1 + random(4);
  for (let i = 0; i < edits; i++) text = edited(text, random);
  return text;
}

type Random = (below: number) => number;

/** Mulberry's 32-bit generator: small, and good enough to scatter edits. */
function randomFrom(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function edited(text: string, random: Random): string {
  const at = random(text.length + 1);
  const length = random(24);
  const piece = text.slice(at, at + length);
  const rest = text.slice(at + length);
  switch (random(4)) {
    case 0:
      return text.slice(0, at) + rest;
    case 1:
      return text.slice(0, at) + piece + piece + rest;
    case 2:
      return text.slice(0, at) + (PUT[random(PUT.length)] ?? "") + rest;
    default: {
      const to = random(rest.length + 1);
      return text.slice(0, at) + rest.slice(0, to) + piece + rest.slice(to);
    }
  }
}

import { convert } from "#lib/convert/convert.ts";
import { canonicalJson } from "#lib/dora/canonical.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import type { LocatedSlo, ReadDocument, SliDefinition, SloDefinition } from "#lib/spec/model.ts";
import { isSlug } from "#lib/spec/names.ts";
import { alert } from "#lib/spec/openslo/testing.ts";
import { readAsWritten } from "#lib/spec/read.ts";
import { alertWindows, openSlo, plain, pyrra, sloth, slothCrd } from "#lib/spec/testing.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

/** Documents of every dialect that mutations start from. */
const SEEDS = [
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

/**
 * What is wrong with how a text was read, in a sentence; null when all is well. A text is read well
 * when every finding has its place in it and every SLO that is accepted is one.
 * @example faultOf("service: api") // null: it has errors, and they have their places
 */
export function faultOf(text: string): string | null {
  const [read] = readAsWritten([{ file: "a.yaml", text }]);
  if (!read) return "nothing was read";
  return (
    faultyFinding(read, text) ?? read.slos.map(faultySlo).find((fault) => fault !== null) ?? null
  );
}

function faultyFinding({ findings, slos }: ReadDocument, text: string): string | null {
  const lines = text.split("\n").length;
  const lost = findings.find(
    ({ line, column, message }) => line < 1 || line > lines || column < 1 || message === "",
  );
  if (lost) return `a finding has no place: ${JSON.stringify(lost)}`;
  const silent = slos.length === 0 && findings.length === 0 && !/AlertWindows|openslo/.test(text);
  return silent ? "nothing was accepted and nothing told" : null;
}

function faultySlo({ definition }: LocatedSlo): string | null {
  const { objective, window, policy, alerting, service, name } = definition;
  if (!(objective > 0 && objective < 1)) return `the objective is ${objective}`;
  if (window.ms < DAY || window.ms > 400 * DAY || window.ms % MINUTE !== 0)
    return `the window is ${window.ms} ms`;
  if (policy.length === 0) return "there is no policy";
  if (![service, name].every(isSlug)) return `${service}/${name} cannot stand in an address`;
  const tier = alerting.tiers?.find(
    ({ factor, longMs, shortMs }) => !(factor > 0 && shortMs < longMs),
  );
  if (tier) return `a tier is ${JSON.stringify(tier)}`;
  const query = queriesOf(definition.sli).find((text) => "error" in parsePromql(text));
  return query === undefined ? faultyCopy(definition) : `a query does not parse: ${query}`;
}

function queriesOf(sli: SliDefinition): string[] {
  return sli.kind === "events" ? [sli.numerator, sli.total] : [sli.query];
}

/** A plain document can say everything, so what was understood must come back. */
function faultyCopy(definition: SloDefinition): string | null {
  const { text } = convert([definition], "plain");
  const back = readAsWritten([{ file: "b.yaml", text }])[0]?.slos[0]?.definition;
  if (back && canonicalJson(plainly(back)) === canonicalJson(plainly(definition))) return null;
  return `a copy differs: ${JSON.stringify(definition)} became ${JSON.stringify(back)}`;
}

function plainly(definition: SloDefinition): unknown {
  return JSON.parse(JSON.stringify(definition));
}

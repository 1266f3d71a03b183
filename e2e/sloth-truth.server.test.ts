import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { Interval } from "#bench/truth/cases.ts";
import { rowsOf } from "#bench/truth/ledger.ts";
import { sliOf } from "#bench/truth/openmetrics.ts";
import type { Simulated } from "#bench/truth/simulate.ts";
import { changedFields } from "#lib/convert/changed.ts";
import { convert } from "#lib/convert/convert.ts";
import { evaluateRange } from "#lib/slo/range.ts";
import type { Severity } from "#lib/slo/status.ts";
import { days, sloOf } from "#lib/slo/testing.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { readDocuments } from "#lib/spec/read.ts";
import { formatDuration, HOUR, MINUTE } from "#lib/time/duration.ts";
import { play } from "./rules/play.ts";
import { type ExpressionTest, testRules, type Verdict } from "./rules/promtool.ts";
import { scrapedSeries } from "./rules/timeline.ts";
import { missingPrometheus } from "./servers/prometheus.ts";

const FROM = Date.UTC(2026, 0, 5);
/** rate() extrapolates over its edges, so a limit may be crossed some evaluations apart. */
const EDGE_MS = 4 * MINUTE;
const LONGEST_MS = 30 * MINUTE;
const absent = missingPrometheus();

/** Short window, long window and factor, for 30 days: the workbook's table. */
type Pair = readonly [short: string, long: string, factor: number];
const PAGE: readonly Pair[] = [
  ["5m", "1h", 14.4],
  ["30m", "6h", 6],
];
const TICKET: readonly Pair[] = [
  ["2h", "1d", 3],
  ["6h", "3d", 1],
];

interface Rules {
  readonly pairs: readonly Pair[];
  /** Another SLO than the one that is evaluated. */
  readonly exported?: SloDefinition;
}

/** What a Sloth document says that its rules are made of. */
const sloth = z.object({
  slos: z.tuple([
    z.object({
      objective: z.number(),
      sli: z.object({ events: z.object({ error_query: z.string(), total_query: z.string() }) }),
    }),
  ]),
});

describe.skipIf(absent)(
  `Sloth documents that we export, against known events${absent ? ` (${absent})` : ""}`,
  () => {
    const span = { from: FROM, to: FROM + 7 * HOUR };
    const fails = { from: FROM + 5.5 * HOUR, to: FROM + 6 * HOUR, share: 0.9 };

    test.each(["steady", "churn", "gaps"])(
      "%s: the pages of Sloth's rules begin and end with ours",
      async (name) => {
        const { fired, verdict } = await agreement(slo("page"), play(name, span, fails), span, {
          pairs: PAGE,
        });
        expect(fired).toHaveLength(1);
        expect(verdict.ok, verdict.said).toBe(true);
      },
    );

    test("the tickets of a day begin and end with ours; those of three days begin before they are known", async () => {
      const day = { from: FROM, to: FROM + 27 * HOUR };
      const slow = { from: FROM + 22 * HOUR, to: FROM + 24.5 * HOUR, share: 0.3 };
      const simulated = play("steady", day, slow);
      const known = await agreement(slo("ticket"), simulated, day, { pairs: TICKET.slice(0, 1) });
      expect(known.fired).toHaveLength(1);
      expect(known.verdict.ok, known.verdict.said).toBe(true);
      const { verdict } = await agreement(slo("ticket"), simulated, day, { pairs: TICKET });
      expect(verdict.said).toContain("exp: nil");
    });

    test("a document with another objective is found out", async () => {
      const wrong = { ...slo("page"), objective: 0.95 };
      const simulated = play("steady", span, { ...fails, share: 0.3 });
      const { fired, verdict } = await agreement(slo("page"), simulated, span, {
        pairs: PAGE,
        exported: wrong,
      });
      expect(fired).toHaveLength(1);
      expect(verdict.ok).toBe(false);
    });
  },
);

test.each(["page", "ticket"] as const)("what is exported reads as the same SLO: %s", (severity) => {
  const definition = slo(severity);
  const { text, losses } = convert([definition], "sloth");
  expect(losses.flatMap((all) => all.losses.map(({ field }) => field))).toEqual(["labels"]);
  const [back] = readDocuments([{ file: "a.yaml", text }]).flatMap((read) => read.slos);
  expect(back && changedFields(definition, back.definition)).toEqual(["labels"]);
});

function slo(severity: Severity): SloDefinition {
  const alerting = { minBadEvents: 5, page: severity === "page", ticket: severity === "ticket" };
  return sloOf({ objective: 0.993, window: days(30), sli: sliOf("shop"), alerting });
}

/** One severity fires by our tiers over what happened; its Sloth document, over what was scraped. */
async function agreement(
  definition: SloDefinition,
  { truth, scrapes }: Simulated,
  span: Interval,
  { pairs, exported = definition }: Rules,
): Promise<{ fired: Interval[]; verdict: Verdict }> {
  const rows = rowsOf(truth.map((m) => ({ ...m, good: m.total - m.bad, covered: 1 })));
  const firings = evaluateRange(definition, rows, span.from, span.to);
  const fired = merged(firings.map((f) => ({ from: f.startedAt, to: f.endedAt ?? span.to })));
  const alert = alertOf(convert([exported], "sloth").text, pairs);
  const verdict = await testRules("groups: []", {
    interval: "30s",
    input_series: scrapedSeries("shop", { truth, scrapes }, span.from),
    promql_expr_test: pieces(fired, span).map((piece) => pieceTest(alert, piece, span.from)),
  });
  return { fired, verdict };
}

/** As the SRE workbook has it and Sloth's rules do: pairs of windows, any of which fires. */
function alertOf(text: string, pairs: readonly Pair[]): string {
  const [{ objective, sli }] = sloth.parse(parse(text)).slos;
  const { error_query, total_query } = sli.events;
  const over = (window: string, factor: number) => {
    const [errors, total] = [error_query, total_query].map((query) =>
      query.replaceAll("{{.window}}", window),
    );
    return `(${errors}) / (${total}) > ${factor} * ${1 - objective / 100}`;
  };
  const both = ([short, long, factor]: Pair) =>
    `(${over(short, factor)} and ${over(long, factor)})`;
  return pairs.map(both).join(" or ");
}

function merged(intervals: readonly Interval[]): Interval[] {
  const found: Interval[] = [];
  for (const next of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && next.from <= last.to)
      found[found.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else found.push(next);
  }
  return found;
}

type Piece = Interval & { readonly fires: boolean };

/** The span cut where the alert begins and ends, without what is beside each cut. */
function pieces(fired: readonly Interval[], span: Interval): Piece[] {
  const cuts = [span.from, ...fired.flatMap(({ from, to }) => [from, to]), span.to];
  return cuts.slice(0, -1).flatMap((cut, i) => {
    const piece = { from: cut + EDGE_MS, to: (cuts[i + 1] ?? cut) - EDGE_MS, fires: i % 2 === 1 };
    return piece.to > piece.from ? split(piece) : [];
  });
}

/** A query may read only so many samples. */
function split(piece: Piece): Piece[] {
  const count = Math.ceil((piece.to - piece.from) / LONGEST_MS);
  return Array.from({ length: count }, (_, i) => {
    const from = piece.from + i * LONGEST_MS;
    return { ...piece, from, to: Math.min(from + LONGEST_MS, piece.to) };
  });
}

function pieceTest(alert: string, { from, to, fires }: Piece, start: number): ExpressionTest {
  const evaluations = (to - from) / MINUTE + 1;
  return {
    expr: `sum(count_over_time((${alert})[${formatDuration(to - from + MINUTE / 2)}:1m]))`,
    eval_time: formatDuration(to - start),
    exp_samples: fires ? [{ labels: "{}", value: evaluations }] : [],
  };
}

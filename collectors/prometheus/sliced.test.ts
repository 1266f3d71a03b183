import fc from "fast-check";
import { expect, test } from "vitest";
import { askedStepMs, judged } from "#collectors/prometheus/judged.ts";
import { foldMinutes } from "#collectors/prometheus/map.ts";
import { planWork } from "#collectors/prometheus/plan.ts";
import type { SliRequest, Span } from "#collectors/prometheus/work.ts";
import type { SliFact } from "#lib/slo/facts.ts";
import { type Gap, gapsAfter } from "#lib/slo/gaps.ts";
import { NO_PROGRESS, progressAfter } from "#lib/slo/progress.ts";
import { splice } from "#lib/slo/splice.ts";
import { type Bucket, between, type TotalsRow } from "#lib/slo/totals.ts";
import { latestAtOrBefore } from "#lib/slo/windows.ts";
import type { CountedSli, Slicing } from "#lib/spec/model.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

/** An edge of every slice below. */
const START = 2_930 * 7 * DAY;
const HISTORY_MS = 6 * DAY;

/** What one minute really held, and how late (in minutes) the server knows it. */
interface RealMinute {
  readonly good: number;
  readonly total: number;
  readonly lateBy: number;
}

/** A server, and a store in memory that keeps facts by the rules of the real one. */
class World {
  readonly sli: CountedSli;
  readonly real: readonly (RealMinute | null)[];
  progress = { ...NO_PROGRESS, backfillFrom: START };
  rows: TotalsRow[] = [];
  gaps: Gap[] = [];

  constructor(slices: Slicing, real: readonly (RealMinute | null)[]) {
    this.sli = { kind: "events", counts: "good", numerator: "n", total: "t", slices };
    this.real = real;
  }

  /** One run of the collector at a time, while the plan has more. */
  run(now: number): void {
    for (let more = true; more; ) {
      const open = this.gaps.filter(({ state }) => state === "open");
      const known = { ...this.progress, key: "a", definition: this.sli, refused: false };
      const plan = planWork([{ ...known, gaps: open }], now, { historyMs: HISTORY_MS });
      for (const span of plan.spans) for (const sli of span.slis) this.#save(span, sli, now);
      more = this.progress.backfilledAt === null && plan.spans.length > 0;
    }
  }

  #save(span: Span, request: SliRequest, now: number): void {
    const { purpose, from, to, stepMs } = span;
    const buckets = foldMinutes(this.seen(from, to, now), askedStepMs(request.sli, stepMs));
    const counted = judged(span, { buckets, suspects: [] }, request.sli);
    const fact: SliFact = { sliKey: request.key, purpose, from, to, stepMs, ...counted };
    const before = this.progress;
    const after = progressAfter(before, fact, now);
    this.gaps = gapsAfter(this.gaps, fact, { before, after, now });
    this.progress = { ...after, backfillFrom: START };
    this.#splice(fact);
  }

  #splice(fact: SliFact): void {
    const inside = this.rows.filter(({ at }) => at > fact.from && at <= fact.to);
    const before = latestAtOrBefore(this.rows, fact.from);
    const after = this.rows.find(({ at }) => at > fact.to) ?? null;
    const { put, drop, shift } = splice(fact, { before, inside, after });
    const gone = new Set([...drop, ...put.map(({ at }) => at)]);
    const shifted = this.rows.map((row) =>
      shift && row.at > fact.to
        ? {
            at: row.at,
            good: row.good + shift.good,
            total: row.total + shift.total,
            covered: row.covered + shift.covered,
          }
        : row,
    );
    this.rows = [...shifted.filter(({ at }) => !gone.has(at)), ...put].sort((a, b) => a.at - b.at);
  }

  /** Minutes of a span of which the server knows at `now`. */
  seen(from: number, to: number, now: number): Bucket[] {
    return this.real.slice((from - START) / MINUTE, (to - START) / MINUTE).flatMap((minute, i) => {
      const at = from + (i + 1) * MINUTE;
      const isKnown = minute !== null && at + minute.lateBy * MINUTE <= now;
      return isKnown ? [{ at, good: minute.good, total: minute.total, covered: 1 }] : [];
    });
  }

  stored(from: number, to: number) {
    const start = latestAtOrBefore(this.rows, from) ?? this.rows[0];
    const end = latestAtOrBefore(this.rows, to);
    return start && end ? between(start, end) : { good: 0, total: 0, covered: 0 };
  }
}

/** The rule, the long way: over the raw minutes of one slice. */
function bySlice(minutes: readonly Bucket[], rule: Slicing) {
  const total = minutes.reduce((sum, each) => sum + each.total, 0);
  const ratio = minutes.reduce((sum, each) => sum + each.good, 0) / total;
  const share = rule.method === "timeslices" ? Number(ratio >= rule.target) : ratio;
  const covered = minutes.length;
  return total === 0
    ? { good: 0, total: 0, covered }
    : { good: share * covered, total: covered, covered };
}

const minute = fc.oneof(
  { weight: 30, arbitrary: fc.constant({ good: 10, total: 10, lateBy: 0 }) },
  {
    weight: 3,
    arbitrary: fc.record({ good: fc.nat(10), total: fc.constant(10), lateBy: fc.nat(9) }),
  },
  { weight: 1, arbitrary: fc.constant({ good: 0, total: 0, lateBy: 0 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
/** A stretch of minutes, repeated over the days so that not each one has to be drawn. */
const pattern = fc.array(minute, { minLength: 100, maxLength: 300 });
const slicing = fc
  .tuple(fc.constantFrom(1, 5, 7, 15, 60, 90, 360), fc.constantFrom(0.75, 0.9375, 1, null))
  .map(([length, target]): Slicing => {
    const windowMs = length * MINUTE;
    return target === null
      ? { method: "ratioTimeslices", windowMs }
      : { method: "timeslices", target, windowMs };
  });
/** Minutes between runs: mostly each minute, at times an outage of up to five hours. */
const pauses = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 40 }) },
    { weight: 1, arbitrary: fc.integer({ min: 41, max: 300 }) },
  ),
  { minLength: 20, maxLength: 60 },
);

test("slices counted live, late, after outages and newest first are those of the raw minutes", () => {
  fc.assert(
    fc.property(slicing, pattern, pauses, fc.nat(HISTORY_MS / MINUTE), (rule, drawn, gaps, age) => {
      const length = age + gaps.reduce((sum, each) => sum + each, 0) + 120;
      const real = Array.from({ length }, (_, i) => drawn[i % drawn.length] ?? null);
      const world = new World(rule, real);
      let now = START + (age + 1) * MINUTE + 7_000;
      for (const pause of gaps) {
        now += pause * MINUTE;
        world.run(now);
      }
      for (const end = now + 45 * MINUTE; now < end; ) {
        now += MINUTE;
        world.run(now);
      }
      const settled = Math.floor((now - MINUTE) / MINUTE) * MINUTE;
      const first = Math.ceil(START / rule.windowMs) * rule.windowMs;
      const fine = Math.max(first, Math.ceil((now - 4 * DAY) / rule.windowMs) * rule.windowMs);
      const sum = { good: 0, total: 0, covered: 0 };
      for (let at = first; at + rule.windowMs <= settled; at += rule.windowMs) {
        const expected = bySlice(world.seen(at, at + rule.windowMs, now), rule);
        sum.good += expected.good;
        sum.total += expected.total;
        sum.covered += expected.covered;
        if (at >= fine) expectNear(world.stored(at, at + rule.windowMs), expected);
      }
      const end = Math.floor(settled / rule.windowMs) * rule.windowMs;
      expectNear(world.stored(first, end), sum);
      const running = world.seen(end, settled, now).length;
      expect(world.stored(end, settled).covered).toBeCloseTo(running, 6);
      expect(world.stored(end, settled).total).toBeCloseTo(0, 6);
    }),
    { numRuns: 40 },
  );
});

function expectNear(
  found: { good: number; total: number; covered: number },
  expected: { good: number; total: number; covered: number },
): void {
  expect(found.good).toBeCloseTo(expected.good, 6);
  expect(found.total).toBeCloseTo(expected.total, 6);
  expect(found.covered).toBeCloseTo(expected.covered, 6);
}

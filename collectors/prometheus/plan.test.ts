import { describe, expect, test } from "vitest";
import { planWork } from "#collectors/prometheus/plan.ts";
import type { SliProgress } from "#collectors/prometheus/wishes.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 2, 1, 9, 17, 23);
const SETTLED = Date.UTC(2026, 2, 1, 9, 16);
const source = { historyMs: 60 * DAY };

function known(changed: Partial<SliProgress> = {}): SliProgress {
  return {
    key: "a",
    definition: { kind: "events", counts: "bad", numerator: "n", total: "t" },
    headAt: SETTLED - MINUTE,
    tailAt: SETTLED - 60 * DAY,
    backfillFrom: SETTLED - 60 * DAY,
    backfilledAt: NOW - DAY,
    lastCoveredAt: SETTLED - MINUTE,
    rereadAt: NOW - MINUTE,
    trailingMax: 100,
    refused: false,
    gaps: [],
    ...changed,
  };
}

const fresh = (key: string) =>
  known({
    key,
    headAt: null,
    tailAt: null,
    backfillFrom: null,
    backfilledAt: null,
    lastCoveredAt: null,
    rereadAt: null,
    trailingMax: null,
  });

const brief = (progress: readonly SliProgress[], now = NOW) =>
  planWork(progress, now, source).spans.map(
    ({ purpose, from, to, slis }) =>
      `${purpose} ${(SETTLED - from) / MINUTE}..${(SETTLED - to) / MINUTE} ${slis.map((s) => s.key)}`,
  );

describe("planWork", () => {
  test("asks the newest minute for all SLIs that stand at the same head together", () => {
    expect(brief([known(), known({ key: "b" })])).toEqual(["tick 1..0 a,b"]);
  });

  test("has nothing to do before the next minute is a minute old", () => {
    expect(brief([known({ headAt: SETTLED })])).toEqual([]);
    expect(planWork([], NOW, source)).toEqual({ spans: [], settledAt: SETTLED, more: false });
  });

  test("begins at the last covered minute while a gap is short enough to be bridged", () => {
    expect(brief([known({ lastCoveredAt: SETTLED - 20 * MINUTE })])).toEqual(["tick 20..0 a"]);
    expect(brief([known({ lastCoveredAt: SETTLED - 31 * MINUTE })])).toEqual(["tick 31..0 a"]);
    expect(brief([known({ lastCoveredAt: SETTLED - 32 * MINUTE })])).toEqual(["tick 1..0 a"]);
  });

  test("re-reads the last quarter of an hour every ten minutes, after the live minutes", () => {
    const due = known({ rereadAt: NOW - 10 * MINUTE });
    expect(brief([due])).toEqual(["tick 1..0 a", "reread 16..1 a"]);
  });

  test("live minutes come before gaps, gaps in order before history, history newest first", () => {
    const broken = known({
      gaps: [
        { fromAt: SETTLED - 300 * MINUTE, toAt: SETTLED - 200 * MINUTE },
        { fromAt: SETTLED - 100 * MINUTE, toAt: SETTLED - 90 * MINUTE },
      ],
    });
    const spans = brief([fresh("new"), broken]);
    expect(spans.slice(0, 3)).toEqual(["tick 1..0 a", "gap 300..200 a", "gap 100..90 a"]);
    expect(spans[3]).toMatch(/^backfill \d+\.\.0 new$/);
  });

  test("a young gap that the live span covers is not asked for twice", () => {
    const open = { fromAt: SETTLED - 20 * MINUTE, toAt: SETTLED - MINUTE };
    const sli = known({ lastCoveredAt: SETTLED - 20 * MINUTE, gaps: [open] });
    expect(brief([sli])).toEqual(["tick 20..0 a"]);
  });

  test("history of several SLIs grows together, newest day first", () => {
    const ages = planWork([fresh("a"), fresh("b")], NOW, source)
      .spans.filter((span) => span.purpose === "backfill")
      .map((span) => span.to);
    expect(ages).toEqual([...ages].sort((x, y) => y - x));
    expect(planWork([fresh("a"), fresh("b")], NOW, source).spans[0]?.slis.length).toBe(2);
  });

  test("after a long outage catches up in order, within one run's budget, and says that more is left", () => {
    const behind = Array.from({ length: 100 }, (_, i) =>
      known({ key: `k${i}`, headAt: SETTLED - 3 * DAY, lastCoveredAt: SETTLED - 3 * DAY }),
    );
    const one = known({ headAt: SETTLED - 25 * HOUR, lastCoveredAt: SETTLED - 25 * HOUR });
    expect(brief([one])).toEqual(["tick 1500..60 a", "tick 60..0 a"]);
    const plan = planWork(behind, NOW, source);
    const ticks = plan.spans.filter((span) => span.purpose === "tick");
    expect(ticks.map((span) => span.from)).toEqual(ticks.map((s) => s.from).sort((a, b) => a - b));
    expect(ticks[0]?.from).toBe(SETTLED - 3 * DAY);
    expect(plan.more).toBe(true);
  });

  test("history of many SLIs is taken in short runs", () => {
    const many = Array.from({ length: 500 }, (_, i) => fresh(`k${i}`));
    const plan = planWork([known(), ...many], NOW, source);
    expect(plan.spans[0]?.purpose).toBe("tick");
    const points = plan.spans.reduce(
      (sum, s) => sum + (s.slis.length * (s.to - s.from)) / s.stepMs,
      0,
    );
    expect(points).toBeLessThan(160_000);
    expect(plan.more).toBe(true);
  });

  test("what is far behind for good leaves room for the history of others", () => {
    const stuck = Array.from({ length: 40 }, (_, i) =>
      known({ key: `k${i}`, headAt: SETTLED - 30 * DAY, lastCoveredAt: SETTLED - 30 * DAY }),
    );
    const { spans } = planWork([...stuck, fresh("new")], NOW, source);
    const oldest = spans.filter((span) => span.purpose === "backfill").at(-1);
    expect(oldest?.from).toBeLessThan(SETTLED - 59 * DAY);
  });

  test("an SLI that is refused is tried with one slice, last, and holds up nobody", () => {
    const days = (n: number) => ({ headAt: SETTLED - n * DAY, lastCoveredAt: SETTLED - n * DAY });
    const refused = Array.from({ length: 40 }, (_, i) =>
      known({ key: `r${i}`, ...days(30), refused: true }),
    );
    const never = { ...fresh("never"), refused: true };
    const gap = { fromAt: SETTLED - 3 * HOUR, toAt: SETTLED - 2 * HOUR };
    const plan = planWork([...refused, never, known({ gaps: [gap] })], NOW, source);
    expect(plan.more).toBe(false);
    expect(plan.spans.slice(0, 2).map(({ purpose, slis }) => [purpose, slis.length])).toEqual([
      ["tick", 1],
      ["gap", 1],
    ]);
    const trials = plan.spans.slice(2);
    expect(trials.flatMap(({ slis }) => slis.map(({ key }) => key)).sort()).toEqual(
      [...refused, never].map(({ key }) => key).sort(),
    );
    expect(trials.map(({ purpose }) => purpose)).toEqual(["tick", "backfill"]);
  });

  test("goes on below the tail, and stops when the first backfill has ended", () => {
    const half = known({
      backfilledAt: null,
      tailAt: SETTLED - 2 * DAY,
      backfillFrom: SETTLED - 3 * DAY,
    });
    expect(brief([half])).toEqual(["tick 1..0 a", `backfill ${3 * 1440}..${2 * 1440} a`]);
    expect(planWork([half], NOW, source).more).toBe(false);
  });

  test("after a clock that was ahead has been put right, asks what was missed, and nothing of the future", () => {
    const gap = { fromAt: SETTLED - 5 * MINUTE, toAt: SETTLED + HOUR };
    const ahead = known({ headAt: SETTLED + HOUR, rereadAt: NOW + HOUR, gaps: [gap] });
    expect(brief([ahead])).toEqual(["reread 15..0 a", "gap 5..0 a"]);
  });

  test("never asks beyond the settled minute", () => {
    const plan = planWork([fresh("a"), known({ headAt: SETTLED - 3 * HOUR })], NOW, source);
    for (const span of plan.spans) expect(span.to).toBeLessThanOrEqual(SETTLED);
  });
});

/** SETTLED is 09:16, so slices of ten minutes have just run for six. */
describe("time slices", () => {
  const sliced = (changed: Partial<SliProgress> = {}, minutes = 10) => {
    const { definition } = known();
    const slices = { method: "timeslices", target: 0.95, windowMs: minutes * MINUTE } as const;
    return known({ key: "s", definition: { ...definition, slices }, ...changed });
  };
  const EDGE = SETTLED - 6 * MINUTE;
  const AT_EDGE = NOW - 6 * MINUTE;

  test("a slice that runs is asked on, one that has ended is asked whole", () => {
    expect(brief([sliced()])).toEqual(["tick 1..0 s"]);
    const before = { headAt: EDGE - MINUTE, lastCoveredAt: EDGE - MINUTE, rereadAt: AT_EDGE };
    expect(brief([sliced(before)], AT_EDGE)).toEqual(["tick 16..6 s"]);
    expect(brief([sliced({ headAt: EDGE - 3 * MINUTE, rereadAt: NOW })])).toEqual(["tick 16..0 s"]);
  });

  test("slices of a minute are asked together with events, whose total they share", () => {
    expect(brief([known(), sliced({}, 1)])).toEqual(["tick 1..0 a,s"]);
  });

  test("reading again takes whole slices, and leaves the one that has just ended to the live span", () => {
    const due = { rereadAt: NOW - 10 * MINUTE };
    expect(brief([sliced(due)])).toEqual(["tick 1..0 s", "reread 16..1 s"]);
    const behind = { ...due, headAt: EDGE - MINUTE, lastCoveredAt: EDGE - MINUTE };
    expect(brief([sliced(behind)])).toEqual(["tick 16..0 s", "reread 36..16 s"]);
  });

  test("gaps of one slice are asked for once, as the slice", () => {
    const gap = (from: number) => ({
      fromAt: EDGE - from * MINUTE,
      toAt: EDGE - (from - 1) * MINUTE,
    });
    expect(brief([sliced({ gaps: [gap(58), gap(54)] })])).toEqual(["tick 1..0 s", "gap 66..56 s"]);
  });

  test("a first backfill begins and ends at the edges of slices", () => {
    const work = planWork([{ ...sliced(), ...fresh("s"), definition: sliced().definition }], NOW, {
      historyMs: DAY,
    });
    expect(work.spans.every(({ from }) => from % (10 * MINUTE) === 0)).toBe(true);
    expect(work.spans[0]?.to).toBe(SETTLED);
  });

  test("short slices of old history cost by the minute, so less of it is asked in one run", () => {
    const old = {
      tailAt: SETTLED - 40 * DAY,
      backfillFrom: SETTLED - 300 * DAY,
      backfilledAt: null,
    };
    const days = (sli: SliProgress) =>
      planWork([sli], NOW, source).spans.reduce(
        (sum, { purpose, from, to }) => sum + (purpose === "backfill" ? (to - from) / DAY : 0),
        0,
      );
    expect(days(sliced(old, 60))).toBeGreaterThan(250);
    expect(days(sliced(old, 1))).toBeLessThan(130);
  });
});

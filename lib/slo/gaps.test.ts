import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Purpose, SliFact } from "#lib/slo/facts.ts";
import { type Gap, gapsAfter } from "#lib/slo/gaps.ts";
import { NO_PROGRESS, progressAfter, type SliProgress } from "#lib/slo/progress.ts";
import { MINUTE } from "#lib/time/duration.ts";

interface Life {
  readonly gaps: readonly Gap[];
  readonly progress: SliProgress;
}
const BORN: Life = { gaps: [], progress: NO_PROGRESS };

/** A fact of minutes `[from, to)` in which those of `present` have an answer. */
function fact(
  from: number,
  to: number,
  present: readonly number[],
  purpose: Purpose = "tick",
): SliFact {
  const buckets = [...present]
    .sort((a, b) => a - b)
    .filter((i) => i >= from && i < to)
    .map((i) => ({ at: (i + 1) * MINUTE, good: 1, total: 1, covered: 1 }));
  const span = { from: from * MINUTE, to: to * MINUTE, stepMs: MINUTE };
  return { sliKey: "x", ...span, purpose, buckets, suspects: [] };
}

function live({ gaps, progress: before }: Life, next: SliFact, nowMinute: number): Life {
  const now = nowMinute * MINUTE;
  const after = progressAfter(before, next, now);
  const touches = (gap: Gap) => gap.toAt >= next.from && gap.fromAt <= next.to;
  const revised = gapsAfter(gaps.filter(touches), next, { before, after, now });
  const kept = gaps.filter((gap) => !touches(gap));
  const inOrder = [...kept, ...revised].sort((a, b) => a.fromAt - b.fromAt);
  return { gaps: inOrder, progress: after };
}

const shown = ({ gaps }: Life) =>
  gaps.map((gap) => [gap.state, gap.fromAt / MINUTE, gap.toAt / MINUTE]);

describe("gaps", () => {
  test("minutes before the first covered one are none", () => {
    expect(shown(live(BORN, fact(0, 10, [5, 6, 7, 8, 9]), 11))).toEqual([]);
    expect(shown(live(BORN, fact(0, 10, []), 11))).toEqual([]);
  });

  test("a gap is open, grows, and is closed in part when it is filled in part", () => {
    const down = live(live(BORN, fact(0, 3, [0, 1]), 4), fact(3, 5, []), 6);
    expect(shown(down)).toEqual([["open", 2, 5]]);
    const back = live(down, fact(2, 6, [3, 4, 5]), 7);
    expect(shown(back)).toEqual([
      ["open", 2, 3],
      ["filled", 3, 5],
    ]);
  });

  test("asked again half an hour later and still missing, it is empty", () => {
    const down = live(BORN, fact(0, 10, [0, 9]), 11);
    expect(shown(live(down, fact(1, 9, [], "gap"), 20))).toEqual([["open", 1, 9]]);
    expect(shown(live(down, fact(1, 9, [], "gap"), 35))).toEqual([
      ["empty", 1, 5],
      ["open", 5, 9],
    ]);
    expect(shown(live(down, fact(1, 9, [], "gap"), 100))).toEqual([["empty", 1, 9]]);
  });

  test("time that nobody asked for is open", () => {
    const leapt = live(live(BORN, fact(0, 2, [0, 1]), 3), fact(8, 9, [8]), 10);
    expect(shown(leapt)).toEqual([["open", 2, 8]]);
  });

  test("older history shows the gap between itself and what was known first", () => {
    const newest = live(BORN, fact(10, 20, [14, 15, 16, 17, 18, 19], "backfill"), 100);
    const older = live(newest, fact(0, 10, [2, 3], "backfill"), 100);
    expect(shown(older)).toContainEqual(["empty", 4, 10]);
    expect(shown(older)).toContainEqual(["open", 10, 14]);
  });

  test("bridged minutes are listed until they are known for certain", () => {
    const bridged = fact(0, 4, [0, 1, 2, 3]);
    const buckets = bridged.buckets.map((b, i) =>
      i === 1 || i === 2 ? { ...b, bridged: true } : b,
    );
    const life = live(BORN, { ...bridged, buckets }, 5);
    expect(shown(life)).toEqual([["bridged", 1, 3]]);
    expect(shown(live(life, { ...bridged, buckets }, 9))).toEqual([["bridged", 1, 3]]);
    expect(shown(live(life, bridged, 9))).toEqual([]);
  });

  test("whatever is asked in whatever order, open and empty gaps are the minutes without an answer", () => {
    const span = fc.tuple(fc.nat({ max: 29 }), fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat({ max: 29 })),
        fc.array(span, { maxLength: 6 }),
        (present, spans) => {
          let life = live(BORN, fact(0, 30, present), 31);
          const once = shown(life);
          for (const [from, length] of spans)
            life = live(life, fact(from, Math.min(30, from + length), present), 31);
          expect(shown(life)).toEqual(once);
          const first = Math.min(...present, 30);
          for (let i = first; i < 30; i++) {
            const inGap = life.gaps.some(
              (gap) => gap.fromAt <= i * MINUTE && gap.toAt > i * MINUTE,
            );
            expect(inGap).toBe(!present.includes(i));
          }
        },
      ),
    );
  });
});

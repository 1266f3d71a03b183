import { describe, expect, test } from "vitest";
import { evaluate } from "#lib/slo/evaluate.ts";
import { burnSeries, remainingSeries } from "#lib/slo/series.ts";
import { inputAt, minutes, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const good = { good: 100, total: 100 };
const at = (minute: number) => START + minute * MINUTE;

describe("remainingSeries", () => {
  const rows = rowsOf(
    START,
    minutes(600, (i) => (i >= 300 && i < 330 ? null : i === 200 ? { good: 40, total: 100 } : good)),
  );
  const slo = sloOf();
  const points = remainingSeries(slo, rows, START, { from: at(60), to: at(600) });

  test("agrees with the evaluation at each of its points", () => {
    for (const minute of [60, 200, 201, 299, 300, 600]) {
      const point = points.find((p) => p.at === at(minute));
      const { status } = evaluate(inputAt(rows, at(minute), { definition: slo }));
      expect(point?.remaining).toBe(status.remaining);
    }
  });

  test("is broken where the state is unknown, and nowhere else", () => {
    const broken = points.filter((p) => p.remaining === null).map((p) => (p.at - START) / MINUTE);
    expect(broken).toEqual(Array.from({ length: 25 }, (_, i) => 306 + i));
  });

  test("counts what came since the point before", () => {
    const hourly = remainingSeries(slo, rows, START, { from: at(0), to: at(600), grid: HOUR });
    expect(hourly.map((p) => p.total - p.good)).toEqual([0, 0, 0, 0, 60, 0, 0, 0, 0, 0, 0]);
    expect(hourly.map((p) => p.covered)).toEqual([0, 60, 60, 60, 60, 60, 30, 60, 60, 60, 60]);
  });
});

test("burnSeries reads a window at each point, null where minutes are missing", () => {
  const rows = rowsOf(
    START,
    minutes(120, (i) => (i >= 90 ? null : { good: 99, total: 100 })),
  );
  const points = burnSeries(0.99, rows, HOUR, { from: at(30), to: at(120), grid: 30 * MINUTE });
  expect(points.map((p) => p.burn)).toEqual([null, 1, 1, null]);
});

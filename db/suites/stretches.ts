import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readStretches } from "#db/reads/stretches.ts";
import { readTotals } from "#db/reads/totals.ts";
import { slis, sliTotals } from "#db/schema/index.ts";
import { minutes, T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";

export function stretchesSuite(bench: Bench): void {
  const db = () => bench.store().db;

  describe("stretches of running totals", () => {
    test("are the rows of each stretch with the one before it, once and in order", async () => {
      const definition = { kind: "events", counts: "bad", numerator: "n", total: "t" } as const;
      const [sli] = await db()
        .insert(slis)
        .values({ key: "stretches", source: "s", definition, createdAt: T0 })
        .returning({ id: slis.id });
      if (!sli) throw new RangeError("no SLI");
      const kept = [0, 1, 2, 3, 10, 20, 21, 22, 40];
      await db()
        .insert(sliTotals)
        .values(
          kept.map((minute) => ({
            ...{ sliId: sli.id, at: T0 + minutes(minute) },
            ...{ good: minute, total: minute * 2, covered: 1 },
          })),
        );
      const moment = fc.integer({ min: -5, max: 45 });
      const spans = fc.array(fc.tuple(moment, moment), { maxLength: 4 });
      const check = async (asked: readonly (readonly [number, number])[]) => {
        const stretches = asked.map(([a, b]) => ({
          from: T0 + minutes(Math.min(a, b)),
          to: T0 + minutes(Math.max(a, b)),
        }));
        const each = await Promise.all(
          stretches.map(({ from, to }) => readTotals(db(), sli.id, from, to)),
        );
        const once = new Map(each.flat().map((row) => [row.at, row]));
        expect(await readStretches(db(), sli.id, stretches)).toEqual(
          [...once.values()].sort((a, b) => a.at - b.at),
        );
      };
      await fc.assert(fc.asyncProperty(spans, check), { numRuns: 30 });
    });
  });
}

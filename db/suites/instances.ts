import { describe, expect, test } from "vitest";
import { migrate } from "#db/migrate.ts";
import {
  readGroupedSlos,
  readGrouping,
  readInstances,
  readLabelSets,
} from "#db/reads/instances.ts";
import { inForce, T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveGroupingProblem, saveLabelSets } from "#db/writes/instances.ts";
import { instanceOf } from "#lib/instances/expand.ts";
import { DAY } from "#lib/time/duration.ts";

const PAY = { handler: "/pay" };
const CART = { handler: "/cart" };

export function instancesSuite({ empty }: Bench): void {
  describe("the label sets of a grouped SLO", () => {
    test("are kept while they are seen, and are instances once the catalog has them", async () => {
      const store = await opened();
      const { db } = store;
      try {
        const whole = inForce({ name: "grouped", service: "api", grouping: ["handler"] });
        const plain = inForce({ name: "plain", service: "api", labels: { x: "2" } });
        const apply = (slos: (typeof whole)[]) =>
          applyCatalog(db, { documents: [], slos, now: T0 });
        await apply([whole, plain]);
        const [slo, ...others] = await readGroupedSlos(db);
        expect(others).toEqual([]);
        expect(slo).toMatchObject({ name: "grouped", source: "main", known: [], askedAt: null });
        const sloId = slo?.id ?? 0;
        expect(await readGrouping(db, sloId)).toBeNull();

        const seen = { sloId, found: 63, forgetBefore: T0 - DAY };
        await saveLabelSets(db, { ...seen, sets: [PAY, CART], now: T0 });
        await saveLabelSets(db, { ...seen, sets: [PAY], now: T0 + DAY });
        expect(await readLabelSets(db)).toEqual(new Map([["api/grouped", [CART, PAY]]]));
        expect(await readGrouping(db, sloId)).toMatchObject({ found: 63, problem: null });

        const instance = instanceOf(whole.definition, PAY);
        if (!instance) throw new Error("no instance");
        await apply([whole, plain, inForce(instance)]);
        const found = await readInstances(db, { service: "api", name: "grouped" });
        expect(found).toEqual([{ name: instance.name, labels: PAY, status: null }]);

        await saveGroupingProblem(db, { sloId, problem: "no answer", now: T0 + 2 * DAY });
        expect((await readGroupedSlos(db))[0]?.known).toEqual([CART, PAY]);
        expect((await readGrouping(db, sloId))?.problem).toBe("no answer");

        await saveLabelSets(db, { ...seen, sets: [PAY], now: T0 + 3 * DAY, forgetBefore: T0 + 1 });
        expect(await readLabelSets(db)).toEqual(new Map([["api/grouped", [PAY]]]));
      } finally {
        await store.close();
      }
    });
  });

  async function opened() {
    const store = await empty();
    await migrate(store);
    return store;
  }
}

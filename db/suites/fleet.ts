import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { readCatalog } from "#db/reads/catalog.ts";
import { type FleetRequest, readAllStatuses, readFleet } from "#db/reads/fleet.ts";
import { inForce, minutes, T0 } from "#db/suites/definitions.ts";
import { evaluated } from "#db/suites/evaluations.ts";
import type { Bench } from "#db/suites/suite.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveEvaluations } from "#db/writes/evaluations.ts";
import { SLO_STATES } from "#lib/slo/status.ts";

const COUNT = 60;
/** Many ties, so that the order of equals matters. */
const remainingOf = (i: number) => (i % 5 === 2 ? null : ((i * 7) % 4) / 4 - 0.5);

export function fleetSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const slos = Array.from({ length: COUNT }, (_, i) =>
    inForce({
      name: `slo_${i}`,
      service: `svc-${i % 6}`,
      team: i % 4 === 3 ? null : `team-${i % 4}`,
      enforced: i % 4 !== 2,
    }),
  );

  async function allPages(request: Omit<FleetRequest, "cursor">) {
    const rows = [];
    let cursor: string | null = null;
    do {
      const page = await readFleet(db(), { ...request, cursor });
      rows.push(...page.rows);
      cursor = page.next;
    } while (cursor);
    return rows.map(({ status }) => status);
  }

  describe("the fleet", () => {
    beforeAll(async () => {
      await applyCatalog(db(), { documents: [], slos, now: T0 });
      const catalog = await readCatalog(db());
      const results = catalog.map((slo, i) =>
        evaluated(slo, {
          at: T0 + minutes(i % 2),
          state: SLO_STATES[i % 5],
          remaining: remainingOf(i),
          enforced: slo.definition.enforced,
        }),
      );
      await saveEvaluations(db(), results);
    });

    test("pages of any size are complete, without duplicates, worst first", async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: COUNT + 1 }), async (limit) => {
          const rows = await allPages({ limit });
          expect(new Set(rows.map((s) => s.slo)).size).toBe(COUNT);
          expect(rows).toHaveLength(COUNT);
          const keys = rows.map((s) => [
            SLO_STATES.indexOf(s.state),
            s.remaining ?? Number.POSITIVE_INFINITY,
          ]);
          expect(keys).toEqual(
            [...keys].sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || (b === d ? 0 : b - d)),
          );
        }),
        { numRuns: 12 },
      );
    });

    test("totals count everything that matches, whatever the state asked for and the page", async () => {
      const page = await readFleet(db(), { limit: 1, state: "watch" });
      expect(page.totals).toEqual({
        exhausted: 12,
        "at-risk": 12,
        unknown: 12,
        watch: 12,
        healthy: 12,
      });
      expect(page.rows[0]?.status.state).toBe("watch");
      expect(page.evaluatedAt).toBe(T0 + minutes(1));
    });

    test.each([
      [{ team: "team-1" }, 15],
      [{ service: "svc-2" }, 10],
      [{ state: "unknown" as const }, 12],
      [{ search: "SVC-3" }, 10],
      [{ search: "slo_5" }, 11],
      [{ search: "%" }, 0],
      [{ team: "nobody" }, 0],
    ])("%j matches %i", async (filter, count) => {
      expect(await allPages({ ...filter, limit: 7 })).toHaveLength(count);
    });

    test("teams are all there, each with its worst enforced SLO, or its worst where all are aspirational", async () => {
      const { teams } = await readFleet(db(), { limit: 1, team: "team-1" });
      expect(teams.map(({ team, count }) => [team, count])).toEqual([
        ["team-0", 15],
        ["team-1", 15],
        ["team-2", 15],
        [null, 15],
      ]);
      expect(teams.map(({ worst }) => worst)).toEqual([
        "exhausted",
        "exhausted",
        "exhausted",
        "exhausted",
      ]);
    });

    test.each(["", "x", "AAAA", Buffer.from("1 2").toString("base64url")])(
      "the cursor %j is refused or ignored",
      async (cursor) => {
        const read = readFleet(db(), { limit: 1, cursor });
        if (cursor === "") await expect(read).resolves.toMatchObject({ rows: [{}] });
        else await expect(read).rejects.toThrow(RangeError);
      },
    );

    test.each(["team", "service", "search"])(
      "a %s with the character NUL is nobody's",
      async (by) => {
        const page = await readFleet(db(), { limit: 5, [by]: "svc\0-1" });
        expect(page.rows).toEqual([]);
        expect(Object.values(page.totals)).toEqual([0, 0, 0, 0, 0]);
      },
    );

    test("retired SLOs are not in it, and come back when they do", async () => {
      await applyCatalog(db(), { documents: [], slos: slos.slice(1), now: T0 });
      expect(await readAllStatuses(db())).toHaveLength(COUNT - 1);
      expect(await allPages({ limit: 50 })).toHaveLength(COUNT - 1);
      await applyCatalog(db(), { documents: [], slos, now: T0 });
      expect(await allPages({ limit: 50 })).toHaveLength(COUNT);
    });
  });
}

import { describe, expect, test } from "vitest";
import { readExcludedSpans, readExclusion, readExclusions } from "#db/reads/exclusions.ts";
import { inForce, T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import {
  cancelExclusion,
  type ExclusionFields,
  editExclusion,
  saveExclusion,
} from "#db/writes/exclusions.ts";
import { SYSTEM } from "#lib/access/actor.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const BY = { actor: SYSTEM, address: null, at: T0 };

export function exclusionsSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const save = (service: string, of: Partial<ExclusionFields> = {}, externalId?: string) => {
    const fields: ExclusionFields = {
      ...{ kind: "maintenance", service, slo: null, title: "t", reason: "r", url: null },
      ...{ startsAt: T0, endsAt: T0 + HOUR, rrule: null, zone: "UTC", excluded: true },
      ...of,
    };
    return saveExclusion(db(), BY, { fields, externalId: externalId ?? null, team: null });
  };
  const ids = async (service: string, from: number, of: { to?: number; slo?: string } = {}) =>
    (await readExclusions(db(), { service, from, limit: 10, ...of })).map(({ id }) => id);

  describe("exclusions", () => {
    test("are listed where they touch a time, those that began last first", async () => {
      const service = "apart-list";
      const first = await save(service);
      const second = await save(service, { startsAt: T0 + HOUR, endsAt: T0 + 2 * HOUR });
      const running = await save(service, { kind: "experiment", slo: "a", endsAt: null });
      expect(await ids(service, T0)).toEqual([second, running, first]);
      expect(await ids(service, T0 + HOUR)).toEqual([second, running]);
      expect(await ids(service, T0 - DAY, { to: T0 + HOUR })).toEqual([running, first]);
      expect(await ids(service, T0 + 9 * DAY, { slo: "a" })).toEqual([running]);
      expect(await ids(service, T0, { slo: "b" })).toEqual([second, first]);
      await cancelExclusion(db(), BY, { id: first, team: null });
      expect(await ids(service, T0, { slo: "b" })).toEqual([second]);
      expect(await readExclusion(db(), first)).toMatchObject({ cancelledAt: T0 });
    });

    test("give their times within what was asked for", async () => {
      const service = "apart-times";
      await save(service, { rrule: "FREQ=DAILY;COUNT=5" });
      const asked = { service, from: T0 + DAY + MINUTE, to: T0 + 3 * DAY, limit: 10 };
      const [found] = await readExclusions(db(), asked);
      expect(found?.spans).toEqual(
        [1, 2].map((n) => ({ from: T0 + n * DAY, to: T0 + n * DAY + HOUR })),
      );
    });

    test("are kept to where history is when they are left out, and to minutes when not", async () => {
      const service = "apart-edges";
      const times = { startsAt: T0 + 20_000, endsAt: T0 + 2 * MINUTE + 20_000 };
      const id = await save(service, times);
      const spans = async () =>
        (await readExclusions(db(), { service, from: T0, limit: 1 }))[0]?.spans;
      expect(await spans()).toEqual([{ from: T0 + MINUTE, to: T0 + 2 * MINUTE }]);
      const counted = { id, fields: { excluded: false }, team: null };
      expect(await editExclusion(db(), BY, counted)).toBe(true);
      expect(await spans()).toEqual([{ from: T0, to: T0 + 3 * MINUTE }]);
    });

    test("are left out of each SLO that they are about, merged", async () => {
      const service = "apart-merged";
      const slos = ["a", "b"].map((name) => inForce({ service, name, team: service }));
      await applyCatalog(db(), {
        documents: [],
        slos: slos.map((slo) => ({ ...slo, path: `slos/${service}.yaml` })),
        now: T0,
      });
      await save(service);
      await save(service, { slo: "a", startsAt: T0 + HOUR, endsAt: T0 + 2 * HOUR });
      await save(service, { kind: "experiment", excluded: false, endsAt: null });
      const found = await readExcludedSpans(db(), { from: T0, to: T0 + DAY });
      const own = [...found.values()].map((spans) => spans.map(({ to }) => to));
      expect(own.toSorted()).toEqual([[T0 + HOUR], [T0 + 2 * HOUR]]);
    });

    test("told twice with one id are one", async () => {
      const service = "apart-told";
      const id = await save(service, {}, "CHG-1");
      expect(await save(service, { title: "again" }, "CHG-1")).toBe(id);
      expect(await readExclusion(db(), id)).toMatchObject({ title: "again", externalId: "CHG-1" });
      expect(await save("apart-told-elsewhere", {}, "CHG-1")).not.toBe(id);
    });
  });
}

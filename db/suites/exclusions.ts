import { describe, expect, test } from "vitest";
import { readAudit } from "#db/reads/audit.ts";
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
import { readKnownSlos } from "#db/writes/slos.ts";
import { SYSTEM } from "#lib/access/actor.ts";
import type { SaidExclusion } from "#lib/spec/model.ts";
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

    test("of documents come, change and go with them, in their name and in the log", async () => {
      const service = "apart-said";
      const file = `slos/${service}.yaml`;
      const said: SaidExclusion = {
        ...{ of: "slo", title: "t", reason: "r", rrule: null, zone: "UTC", file },
        ...{ startsAt: T0, endsAt: T0 + HOUR },
      };
      const apply = (exclusions: SaidExclusion[], name = "a", formerly: string[] = []) => {
        const slo = inForce({ service, name, team: service, formerly, exclusions });
        return applyCatalog(db(), { documents: [], slos: [{ ...slo, path: file }], now: T0 });
      };
      const found = async () => (await readExclusions(db(), { service, from: T0, limit: 9 }))[0];
      await apply([said]);
      const first = await found();
      expect(first).toMatchObject({
        ...{ kind: "maintenance", excluded: true, slo: "a", createdBy: file, documentPath: file },
        ...{ revision: 1, spans: [{ from: T0, to: T0 + HOUR }] },
      });
      await apply([said]);
      expect(await found()).toEqual(first);
      await apply([said], "b", [`${service}/a`]);
      expect(await found()).toMatchObject({ id: first?.id, slo: "b", revision: 1 });
      await apply([{ ...said, endsAt: T0 + 2 * HOUR }], "b", [`${service}/a`]);
      expect(await found()).toMatchObject({ id: first?.id, spans: [{ to: T0 + 2 * HOUR }] });
      await apply([], "b", [`${service}/a`]);
      expect(await found()).toBeUndefined();
      const subject = `exclusion:${first?.id}`;
      const log = await readAudit(db(), { subject }, { limit: 9 });
      expect(log.map(({ action, team }) => [action, team])).toEqual([
        ["exclusion.cancelled", service],
        ["exclusion.changed", service],
        ["exclusion.added", service],
      ]);
    });

    test("of a file that cannot be read stay, those of its SLOs elsewhere with them", async () => {
      const service = "apart-unsure";
      const files = { own: `slos/${service}.yaml`, other: "slos/adjustments.yaml" };
      const slo = (exclusions: SaidExclusion[]) => {
        const one = inForce({ service, name: "a", team: service, exclusions });
        return [{ ...one, path: files.own }];
      };
      const said: SaidExclusion = {
        ...{ of: "slo", title: "t", reason: "r", rrule: null, zone: "UTC", file: files.other },
        ...{ startsAt: T0, endsAt: T0 + HOUR },
      };
      const broken = { path: files.other, hash: "1", dialect: null, findings: [] };
      await applyCatalog(db(), { documents: [], slos: slo([said]), now: T0 });
      const documents = [{ ...broken, goodContent: null }];
      await applyCatalog(db(), { documents, slos: slo([]), now: T0 });
      expect(await ids(service, T0)).toHaveLength(1);
      await applyCatalog(db(), {
        documents: [{ ...broken, goodContent: "" }],
        slos: slo([]),
        now: T0,
      });
      expect(await ids(service, T0)).toEqual([]);
    });

    test("of experiments are left out where the SLO's policy says so and they were told in time", async () => {
      const service = "apart-policy";
      const clauses = { postmortemAbove: null, planningAbove: null, exempt: [] };
      const slos = [
        inForce({
          service,
          name: "a",
          team: service,
          clauses: { ...clauses, experiments: "exclude" },
        }),
        inForce({ service, name: "b", team: service, clauses }),
      ].map((slo) => ({ ...slo, path: `slos/${service}.yaml` }));
      await applyCatalog(db(), { documents: [], slos, now: T0 });
      const run = { kind: "experiment", excluded: false } as const;
      const tell = (times: Partial<ExclusionFields>, isOpen: boolean) =>
        saveExclusion(db(), BY, {
          fields: {
            ...{ ...run, service, slo: null, title: "t", reason: "r", url: null, rrule: null },
            ...{ zone: "UTC", startsAt: T0, endsAt: T0 + HOUR, ...times },
          },
          ...{ externalId: null, team: null, isOpen },
        });
      const spans = async () => {
        const known = await readKnownSlos(db());
        const found = await readExcludedSpans(db(), { from: T0 - DAY, to: T0 + DAY });
        return known.flatMap((slo) =>
          slo.service === service ? [[slo.name, found.get(slo.id) ?? []]] : [],
        );
      };
      await tell({}, false);
      await tell({ startsAt: T0 - HOUR }, true);
      expect(Object.fromEntries(await spans())).toEqual({ a: [], b: [] });
      await tell({}, true);
      const hour = [{ from: T0, to: T0 + HOUR }];
      expect(Object.fromEntries(await spans())).toEqual({ a: hour, b: [] });
    });

    test("of a grouped SLO are those of its instances, and follow it under another name", async () => {
      const service = "apart-grouped";
      const labels = { handler: "pay" };
      const apply = (name: string, formerly: readonly string[]) => {
        const whole = inForce({ service, name, team: service, formerly: [...formerly] });
        const one = inForce({
          ...{ service, name: `${name}@pay`, team: service, instance: { of: name, labels } },
          formerly: formerly.map((each) => `${each}@pay`),
        });
        const slos = [whole, one].map((slo) => ({ ...slo, path: `slos/${service}.yaml` }));
        return applyCatalog(db(), { documents: [], slos, now: T0 });
      };
      await apply("a", []);
      const id = await save(service, { slo: "a" });
      expect(await ids(service, T0, { slo: "a@pay" })).toEqual([id]);
      await apply("b", [`${service}/a`]);
      expect(await ids(service, T0, { slo: "b" })).toEqual([id]);
      expect(await ids(service, T0, { slo: "b@pay" })).toEqual([id]);
      const known = (await readKnownSlos(db())).filter((slo) => slo.service === service);
      const found = await readExcludedSpans(db(), { from: T0, to: T0 + DAY });
      expect(known.map(({ id: sloId }) => found.get(sloId)?.length)).toEqual([1, 1]);
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

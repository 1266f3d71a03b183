import { describe, expect, test } from "vitest";
import { pairSaid, type Said, saidBy } from "#lib/exclusions/said.ts";
import { readDocument } from "#lib/spec/read.ts";
import { HOUR } from "#lib/time/duration.ts";

const START = Date.UTC(2026, 0, 31, 22);
const ONE: Said = {
  ...{ service: "shop", slo: "a", title: "Upgrade", reason: "Announced" },
  ...{ startsAt: START, endsAt: START + HOUR, rrule: null, zone: "UTC" },
  documentPath: "shop.yaml",
};
const row = (id: number, parts: Partial<Said> = {}) => ({ id, ...ONE, ...parts });
const pair = (rows: ReturnType<typeof row>[], wanted: Said[]) => {
  const { changed, added, missing } = pairSaid(rows, wanted);
  return {
    changed: changed.map(({ row: { id }, said }) => [id, said]),
    added,
    missing: missing.map(({ id }) => id),
  };
};
const NOTHING = { changed: [], added: [], missing: [] };

describe("what a document says beside what is stored", () => {
  test("is nothing to do when it is the same", () => {
    expect(pair([row(1)], [ONE])).toEqual(NOTHING);
  });

  test.each<[string, Partial<Said>]>([
    ["in other words", { title: "Database", reason: "Told by mail" }],
    ["at another time", { startsAt: START + HOUR, endsAt: START + 2 * HOUR }],
    ["in another file", { documentPath: "all.yaml" }],
  ])("is a change %s", (_, parts) => {
    const said = { ...ONE, ...parts };
    expect(pair([row(1)], [said])).toEqual({ ...NOTHING, changed: [[1, said]] });
  });

  test("is another one when time and words differ, or the SLO", () => {
    for (const said of [
      { ...ONE, title: "Database", startsAt: START - HOUR },
      { ...ONE, slo: "b" },
      { ...ONE, slo: null },
    ]) {
      expect(pair([row(1)], [said])).toEqual({ ...NOTHING, added: [said], missing: [1] });
    }
  });

  test("follows a service of another name, where it is of all its SLOs", () => {
    const said = { ...ONE, service: "store", slo: null };
    expect(pair([row(1, { slo: null })], [said])).toEqual({ ...NOTHING, changed: [[1, said]] });
  });

  test("goes to the one that is most alike, each once", () => {
    const later = { ...ONE, startsAt: START + HOUR, endsAt: START + 2 * HOUR };
    const told = { ...ONE, title: "Database" };
    expect(pair([row(1), row(2, later)], [told, later])).toEqual({
      ...NOTHING,
      changed: [[1, told]],
    });
  });
});

test("what is said at the top of a document counts once, what an SLO says for that one alone", () => {
  const when = { start: "2026-01-31 22:00", duration: "1h" };
  const slo = (name: string, more = {}) => ({
    ...{ name, sli: { ratio: "a" }, target: 0.9, window: "1d", ...more },
  });
  const text = JSON.stringify({
    service: "shop",
    exclusions: [{ reason: "Upgrade", ...when }],
    slos: [slo("a"), slo("b", { exclusions: [{ reason: "Queue drained", ...when }] })],
  });
  const { slos } = readDocument("shop.yaml", text);
  expect(saidBy(slos).map(({ service, slo, title }) => [service, slo, title])).toEqual([
    ["shop", null, "Upgrade"],
    ["shop", "b", "Queue drained"],
  ]);
});

test("what a repository says at the top of a document is of the SLOs of that document alone", () => {
  const said = (file: string) => {
    const top = "exclusions: [{ reason: Upgrade, start: 2026-01-31 22:00, duration: 1h }]";
    const slos = ["a", "b"].map(
      (name) =>
        `{ name: ${name}, sli: { good: "sum(rate(x[5m]))", total: "sum(rate(y[5m]))" }, target: 0.99, window: 30d }`,
    );
    const text = `service: shop\n${top}\nslos: [${slos.join(", ")}]`;
    return saidBy(readDocument(file, text).slos).map(({ service, slo }) => [service, slo]);
  };
  expect(said("slos/shop.yaml")).toEqual([["shop", null]]);
  expect(said("org/shop:slos/shop.yaml")).toEqual([
    ["shop", "a"],
    ["shop", "b"],
  ]);
});

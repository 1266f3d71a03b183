import { describe, expect, test } from "vitest";
import type { DeliveryFacts } from "#lib/dora/delivery.ts";
import type { Change, DeploymentMark, IncidentLink } from "#lib/dora/facts.ts";
import { isHotfix } from "#lib/dora/mending.ts";
import { at, brought, delivery, deployed, incident, pull } from "#lib/dora/testing.ts";

/** Which deployments failed, which are rework, and why. */

function judged(facts: Partial<DeliveryFacts>) {
  const { verdicts } = delivery(facts);
  const idsWhere = (is: (verdict: (typeof verdicts)[number]) => boolean) =>
    verdicts.filter(is).map(({ deployment }) => deployment.id);
  return { failed: idsWhere((v) => v.failed), rework: idsWhere((v) => v.isRework), verdicts };
}

const versions = (...names: string[]) =>
  names.map((sha, i) => deployed(`d${i + 1}`, i * 3, { sha }));

describe("rollbacks", () => {
  test.each([
    ["V1 V2 V3 V1: V2 failed, the return is rework", "1231", ["d2"], ["d4"]],
    ["V1 V2 V1", "121", ["d2"], ["d3"]],
    ["forward again to what was rolled back", "1212", ["d2"], ["d3"]],
    ["two of them, one after the other", "12131", ["d2", "d4"], ["d3", "d5"]],
    ["back by one, then by one more", "12321", ["d3", "d2"], ["d4", "d5"]],
    ["only forwards", "1234", [], []],
    ["the same again after hours", "11", [], []],
  ])("%s", (_, names, failed, rework) => {
    const result = judged({ records: versions(...names) });
    expect(result.failed).toEqual([...failed].sort());
    expect(result.rework).toEqual(rework);
  });

  test("a return in one environment says nothing of another", () => {
    const records = versions("1", "2", "1");
    const elsewhere = records.map((d, i) => ({ ...d, environment: i === 1 ? "prod" : "prod-eu" }));
    expect(judged({ records: elsewhere })).toMatchObject({ failed: [], rework: [] });
  });

  test("the last one has no lead time", () => {
    const records = versions("1", "2", "3", "1");
    const changes = [pull(1, { from: 0, to: 1, sha: "m" })];
    const shipped = [brought("d2", null, ["m"], { previousSha: "1" }), brought("d4", null, [])];
    const { arrivals } = delivery({ records, changes, shipped });
    expect(arrivals.map(({ deployment }) => deployment.id)).toEqual(["d2"]);
  });
});

const feature = pull(1, { from: 0, to: 1 });
const mend = (parts: Partial<Change>) => pull(2, { from: 3, to: 5 }, parts);
const shipped = [
  brought("d1", "d0", feature.mergeShas),
  brought("d2", "d1", ["merge-of-2"]),
  brought("d3", "d2", ["merge-of-3"]),
];
const records = [0, 2, 6, 8].map((hours, i) => deployed(`d${i}`, hours));

describe("reverts", () => {
  test.each(["pr:R#1", "merge-of-1", "branch-of-1"])(
    "of what was deployed (%s) make that deployment failed and their own rework",
    (reverts) => {
      const changes = [feature, mend({ reverts })];
      const { failed, rework, verdicts } = judged({ records, changes, shipped });
      expect([failed, rework]).toEqual([["d1"], ["d2"]]);
      expect(verdicts[1]?.failures).toEqual([{ method: "revert", by: "d2", confidence: "high" }]);
    },
  );

  test("of what never shipped alone are nobody's failure", () => {
    const both = [brought("d1", "d0", ["merge-of-1", "merge-of-2"])];
    const changes = [feature, mend({ reverts: "pr:R#1" })];
    expect(judged({ records, changes, shipped: both })).toMatchObject({ failed: [], rework: [] });
  });

  test("of a revert go forward again", () => {
    const again = pull(3, { from: 6, to: 7 }, { reverts: "pr:R#2" });
    const changes = [feature, mend({ reverts: "pr:R#1" }), again];
    const { failed, rework } = judged({ records, changes, shipped });
    expect([failed, rework]).toEqual([["d1"], ["d2"]]);
  });

  test("of something older than what is known are rework without a cause", () => {
    const changes = [feature, mend({ reverts: "0123456789" })];
    const { failed, rework } = judged({ records, changes, shipped });
    expect([failed, rework]).toEqual([[], ["d2"]]);
  });
});

describe("hotfixes", () => {
  test.each([
    [{ title: "Hotfix: null price" }, true],
    [{ title: "[hot-fix] null price" }, true],
    [{ labels: ["bug", "HotFix"] }, true],
    [{ title: "Describe how to hotfix" }, false],
    [{ title: "Hotfixes page", labels: ["hotfix-docs"] }, false],
  ])("%j: %s", (parts, expected) => {
    expect(isHotfix({ title: "Change", labels: [], ...parts })).toBe(expected);
  });

  test("mend the last planned deployment of the day before, and are rework", () => {
    const changes = [feature, mend({ labels: ["hotfix"] })];
    const { failed, rework } = judged({ records, changes, shipped });
    expect([failed, rework]).toEqual([["d1"], ["d2"]]);
  });

  test("in a row mend the same deployment, not each other", () => {
    const second = pull(3, { from: 6, to: 7 }, { title: "hotfix: again" });
    const changes = [feature, mend({ labels: ["hotfix"] }), second];
    const { failed, rework } = judged({ records, changes, shipped });
    expect([failed, rework]).toEqual([["d1"], ["d2", "d3"]]);
  });

  test("after more than a day mend nothing that is known", () => {
    const late = [...records.slice(0, 2), deployed("d2", 27)];
    const changes = [feature, mend({ labels: ["hotfix"] })];
    const { failed, rework } = judged({ records: late, changes, shipped });
    expect([failed, rework]).toEqual([[], ["d2"]]);
  });
});

describe("which deployment caused an incident", () => {
  const burn = (from: number, to: number | null) => ({
    service: "shop",
    slo: "availability",
    tier: "page-fast",
    startedAt: at(from),
    endedAt: to === null ? null : at(to),
  });
  const changes = [feature, mend({ reverts: "pr:R#1" })];
  const cause = (
    links: IncidentLink[],
    times: { from: number; to: number | null },
    facts: Partial<DeliveryFacts> = {},
  ) => {
    const incidents = [incident("i", times, { links })];
    const found = delivery({ records, changes, shipped, ...facts, incidents });
    const { deploymentId, method, confidence } = found.attributions.get("i") ?? {};
    return [deploymentId, method, confidence];
  };
  const soon = { from: 9, to: 10 };

  test("1: by hand, whatever else speaks; the last word counts", () => {
    const links: IncidentLink[] = [
      { method: "explicit", deploymentId: "d3" },
      { method: "hand", deploymentId: "d2" },
      { method: "hand", deploymentId: "d1" },
    ];
    expect(cause(links, soon)).toEqual(["d1", "hand", "high"]);
  });

  test("1: by hand, no deployment", () => {
    expect(cause([{ method: "hand" }], soon)).toEqual([null, "hand", "high"]);
    const links: IncidentLink[] = [{ method: "hand", deploymentId: "gone" }];
    expect(cause(links, soon)).toEqual(["d3", "last-deployment", "low"]);
  });

  test.each<[string, Omit<IncidentLink, "method">, string]>([
    ["deployment", { deploymentId: "d1" }, "d1"],
    ["sha", { sha: "sha-of-d2" }, "d2"],
    ["change", { changeId: "pr:R#1" }, "d1"],
    ["commit of a change", { sha: "branch-of-1" }, "d1"],
  ])("2: an explicit %s", (_, link, id) => {
    expect(cause([{ method: "explicit", ...link }], soon)).toEqual([id, "explicit", "high"]);
  });

  test("2: an explicit sha may be short, from 7 digits on", () => {
    const shas = ["dc16c5b99d02", "13e7fba4a4e3"];
    const some = shas.map((sha, i) => deployed(`s${i}`, i, { sha }));
    const named = (sha: string) => cause([{ method: "explicit", sha }], soon, { records: some });
    expect(named("DC16C5B")).toEqual(["s0", "explicit", "high"]);
    expect(named("dc16c5")).toEqual(["s1", "last-deployment", "low"]);
  });

  test("2: a commit that is named and came later mends; a deployment that is named is meant", () => {
    const named = (link: object) => cause([{ method: "explicit", ...link }], { from: 7, to: 9 });
    expect(named({ sha: "sha-of-d3" })).toEqual(["d2", "last-deployment", "low"]);
    expect(named({ deploymentId: "d3" })).toEqual(["d3", "explicit", "high"]);
  });

  test("2: an explicit version means the time at which it last ran before the incident", () => {
    const twice = [
      deployed("a", 0, { ref: "v1" }),
      deployed("b", 4, { ref: "v1" }),
      deployed("c", 20, { ref: "v1" }),
    ];
    const links: IncidentLink[] = [{ method: "explicit", sha: "v1" }];
    expect(cause(links, soon, { records: twice })[0]).toBe("b");
  });

  test("3: what mended it knows what it mends", () => {
    const links: IncidentLink[] = [{ method: "remediation", changeId: "pr:R#2" }];
    expect(cause(links, { from: 5, to: 7 })).toEqual(["d1", "remediation", "high"]);
  });

  test("3: a rollback named by the version that was returned to", () => {
    const back = versions("1111111", "2222222", "3333333", "1111111");
    const links: IncidentLink[] = [{ method: "remediation", sha: "1111111" }];
    const facts = { records: back };
    expect(cause(links, { from: 7, to: 9.5 }, facts)).toEqual(["d2", "remediation", "high"]);
  });

  test("4: a burn alert that began within 2 h after a deployment and lasted into the incident", () => {
    const burnAlerts = [burn(3.9, 10)];
    expect(cause([], { from: 9, to: 11 }, { burnAlerts })).toEqual(["d1", "burn-alert", "medium"]);
    const late = [burn(4.1, 10)];
    expect(cause([], soon, { burnAlerts: late })).toEqual(["d3", "last-deployment", "low"]);
    const over = [burn(3, 8.5)];
    expect(cause([], soon, { burnAlerts: over })).toEqual(["d3", "last-deployment", "low"]);
    const other = [{ ...burn(3.9, 10), service: "search" }];
    expect(cause([], soon, { burnAlerts: other })).toEqual(["d3", "last-deployment", "low"]);
  });

  test("4: of burns that overlap, the one that began nearest tells, never of what came later", () => {
    const slow = { ...burn(3, null), tier: "ticket-slow" };
    const page = burn(6.1, null);
    for (const burnAlerts of [
      [slow, page],
      [page, slow],
    ]) {
      expect(cause([], { from: 6.2, to: 11 }, { burnAlerts })[0]).toBe("d2");
    }
    const after = burn(8.1, null);
    expect(cause([], { from: 6.2, to: 11 }, { burnAlerts: [after, page] })[0]).toBe("d2");
    expect(cause([], { from: 7.1, to: 11 }, { burnAlerts: [page, after] })[0]).toBe("d2");
    expect(cause([], { from: 8.2, to: 11 }, { burnAlerts: [page, after] })[0]).toBe("d3");
    expect(cause([], { from: 7.9, to: 11 }, { burnAlerts: [after] })[1]).toBe("last-deployment");
  });

  test("5 and 6: the last deployment within 24 h, else none", () => {
    expect(cause([], { from: 32, to: 33 })).toEqual(["d3", "last-deployment", "low"]);
    expect(cause([], { from: 32.1, to: 33 })).toEqual([null, "unattributed", null]);
    expect(cause([], { from: -1, to: 33 })).toEqual([null, "unattributed", null]);
  });

  test("a deployment that mended an incident is rework, if it came after it began", () => {
    const fix = pull(3, { from: 6, to: 7 });
    const links: IncidentLink[] = [{ method: "remediation", changeId: "pr:R#3" }];
    const rework = (from: number) =>
      judged({
        records,
        changes: [feature, fix],
        shipped,
        incidents: [incident("i", { from, to: 10 }, { links })],
      }).rework;
    expect([rework(7), rework(8.5)]).toEqual([["d3"], []]);
  });

  test("what was deployed before an incident began did not mend it", () => {
    const links: IncidentLink[] = [
      { method: "hand", deploymentId: "d1" },
      { method: "remediation", deploymentId: "d2" },
    ];
    const rework = (from: number) =>
      judged({ records, incidents: [incident("i", { from, to: 9 }, { links })] }).rework;
    expect([rework(6), rework(6.1)]).toEqual([["d2"], []]);
  });

  test("a burn that begins with a deployment began after it", () => {
    expect(judged({ records, burnAlerts: [burn(2, 4)] }).verdicts[1]?.burnAlerts).toHaveLength(1);
  });

  test("a burn alert alone is evidence, not yet failure", () => {
    const { failed, verdicts } = judged({ records, burnAlerts: [burn(3, 4)] });
    expect(failed).toEqual([]);
    expect(verdicts.map(({ burnAlerts }) => burnAlerts.length)).toEqual([0, 1, 0, 0]);
  });
});

describe("a person's mark outranks what is inferred", () => {
  const marked = (...marks: DeploymentMark["mark"][]) =>
    judged({
      records: versions("1", "2", "1"),
      marks: [
        ...marks.map((mark) => ({ deploymentId: "d2", mark })),
        { deploymentId: "d3", mark: "not-rework" as const },
      ],
    });

  test("not failed and not rework, with the reasons still shown", () => {
    const { failed, rework, verdicts } = marked("failed", "not-failed");
    expect([failed, rework]).toEqual([[], []]);
    expect(verdicts[1]).toMatchObject({ failures: [{ method: "rollback" }], restoration: null });
  });

  test("a mark on a redeploy or a job is one on the deployment that it became part of", () => {
    const again = [deployed("a", 0, { sha: "x" }), deployed("b", 0.5, { sha: "x" })];
    const marks = [{ deploymentId: "b", mark: "failed" as const }];
    expect(judged({ records: again, marks }).failed).toEqual(["a"]);
  });

  test("failed and rework by hand", () => {
    const { failed, rework, verdicts } = marked("rework", "failed");
    expect([failed, rework]).toEqual([["d2"], ["d2"]]);
    expect(verdicts[1]?.failures[0]?.method).toBe("hand");
  });
});

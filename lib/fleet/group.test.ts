import { describe, expect, test } from "vitest";
import { blockedServices, groupRows } from "#lib/fleet/group.ts";
import type { FleetRow } from "#lib/fleet/row.ts";
import type { SloState } from "#lib/slo/status.ts";

type Given = [team: string | null, service: string, state: SloState, blocks?: boolean];

const rows = (...given: Given[]) =>
  given.map(
    ([team, service, state, blocks = false], i) =>
      ({ team, service, state, blocks, slo: `slo-${i}` }) as FleetRow,
  );

const WORST_FIRST = rows(
  ["shop", "checkout", "exhausted", true],
  [null, "mail", "at-risk"],
  ["search", "api", "unknown"],
  ["shop", "checkout", "watch", true],
  ["shop", "cart", "healthy"],
);

describe("groups", () => {
  test.each([
    ["team", ["shop", null, "search"]],
    ["service", ["checkout", "mail", "api", "cart"]],
    ["state", ["exhausted", "at-risk", "unknown", "watch", "healthy"]],
  ] as const)("by %s begin with the one that holds the worst row", (by, keys) => {
    expect(groupRows(WORST_FIRST, by).map(({ key }) => key)).toEqual(keys);
  });

  test("keep every row once and in order", () => {
    const [shop] = groupRows(WORST_FIRST, "team");
    expect(shop?.rows.map(({ slo }) => slo)).toEqual(["slo-0", "slo-3", "slo-4"]);
    expect(groupRows([], "team")).toEqual([]);
  });

  test("states stand worst first even where the rows do not", () => {
    const groups = groupRows(WORST_FIRST.toReversed(), "state");
    expect(groups.map(({ key }) => key)).toEqual(
      groupRows(WORST_FIRST, "state").map(({ key }) => key),
    );
  });
});

test("a blocked service is told once", () => {
  expect(blockedServices(WORST_FIRST)).toEqual(["checkout"]);
  expect(blockedServices(WORST_FIRST.slice(1, 3))).toEqual([]);
});

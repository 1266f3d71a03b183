import { expect, test } from "vitest";
import { warningOf } from "#components/slo/apart/warning.ts";

const fired = [
  { what: "ticket-slow", from: 10, to: 40 },
  { what: "page-fast", from: 100, to: null },
];
const window = { kind: "maintenance", excluded: "", from: 110, to: 170 };

test.each([
  ["over what fires now", {}, ["page-fast"]],
  ["over all of it", { from: 0 }, ["page-fast", "ticket-slow"]],
  ["over what is long over", { from: 20, to: 30 }, ["ticket-slow"]],
  ["between them", { from: 50, to: 90 }, []],
  ["that counts", { excluded: "no" }, []],
  ["of an experiment, which counts as usual", { kind: "experiment" }, []],
  ["of an experiment that is left out", { kind: "experiment", excluded: "yes" }, ["page-fast"]],
  ["without a start yet", { from: null }, []],
])("a window %s warns of what it takes out", (_, of, names) => {
  expect(warningOf({ ...window, ...of }, fired).map(({ what }) => what)).toEqual(names);
});

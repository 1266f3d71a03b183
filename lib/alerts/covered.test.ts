import { expect, test } from "vitest";
import { overFirings } from "#lib/alerts/covered.ts";

const firing = { from: 20, to: 40 };
const open = { from: 20, to: null };

test.each([
  ["around it", { from: 0, to: 60 }, firing, true],
  ["that began in it and runs", { from: 30, to: null }, firing, true],
  ["over one that still fires", { from: 90, to: 95 }, open, true],
  ["that ends as it begins", { from: 0, to: 20 }, firing, false],
  ["that begins as it ends", { from: 40, to: 60 }, firing, false],
  ["that is still to come", { from: 100, to: 160 }, open, false],
])("a window %s lies over a firing or not", (_, window, fired, isOver) => {
  expect(overFirings([window], [fired], 100)).toEqual(isOver ? [window] : []);
});

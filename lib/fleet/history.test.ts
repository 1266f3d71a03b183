import { expect, test } from "vitest";
import { partialHistory } from "#lib/fleet/history.ts";

test.each([
  ["30d", 3.04, { known: 3, of: 30 }],
  ["30d", 29.9, null],
  ["30d", 30, null],
  ["4w", 14.27, { known: 14.2, of: 28 }],
  ["7d", 0, { known: 0, of: 7 }],
  ["month", 3, null],
])("a window of %s with %d days known", (window, historyDays, found) => {
  expect(partialHistory({ window, historyDays })).toEqual(found);
});

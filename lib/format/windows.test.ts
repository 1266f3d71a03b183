import { expect, test } from "vitest";
import { presentWindow } from "#lib/format/windows.ts";

test.each([
  ["30d", "30d"],
  ["2 weeks", "2 weeks"],
  ["month", "this month"],
  ["quarter", "this quarter"],
])("the window %s is spoken of as %s", (label, words) => expect(presentWindow(label)).toBe(words));

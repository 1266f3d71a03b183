import { expect, test } from "vitest";
import { Recent } from "#jobs/editor/recent.ts";

test("what was asked is held for its time, and not before it", () => {
  const recent = new Recent<number>({ forMs: 100, most: 9 });
  recent.put("a", 1, 1_000);
  expect([999, 1_000, 1_099, 1_100].map((now) => recent.get("a", now))).toEqual([null, 1, 1, null]);
  recent.put("a", 2, 1_050);
  expect(recent.get("a", 1_149)).toBe(2);
});

test("beyond the most, what was put in first is let go", () => {
  const recent = new Recent<string>({ forMs: 100, most: 2 });
  for (const key of ["a", "b", "a", "c"]) recent.put(key, key, 0);
  expect(["a", "b", "c"].map((key) => recent.get(key, 1))).toEqual(["a", null, "c"]);
});

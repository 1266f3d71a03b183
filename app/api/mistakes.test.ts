import { describe, expect, test } from "vitest";
import { z } from "zod";
import { checked } from "#app/api/mistakes.ts";

const shape = z.strictObject({
  name: z.string().min(1).max(5).optional(),
  count: z.coerce.number().int().min(1).max(10).optional(),
  list: z
    .array(z.strictObject({ at: z.iso.datetime() }))
    .max(2)
    .optional(),
  kind: z.enum(["a", "b"]).optional(),
  flag: z.boolean("must be yes").optional(),
});

describe("a mistake in a request", () => {
  test.each([
    [{ name: 7 }, "name", "must be a text"],
    [{ name: "" }, "name", "must not be empty"],
    [{ name: "123456" }, "name", "may have at most 5 characters"],
    [{ count: "x" }, "count", "must be a number"],
    [{ count: 1.5 }, "count", "must be a whole number"],
    [{ count: 0 }, "count", "must be at least 1"],
    [{ count: 11 }, "count", "must be at most 10"],
    [{ list: {} }, "list", "must be a list"],
    [{ list: [{}, {}, {}] }, "list", "may have at most 2 items"],
    [
      { list: [{ at: "noon" }] },
      "list.0.at",
      "must be an ISO 8601 time, such as 2026-07-01T10:00:00Z",
    ],
    [{ list: [{}] }, "list.0.at", "is missing"],
    [{ kind: "c" }, "kind", "must be one of a, b"],
    [{ foo: 1 }, "foo", "no such field"],
    [{ list: [{ at: "2026-07-01T10:00:00Z", to: 1 }] }, "list.0.to", "no such field"],
    [[], "", "must be an object"],
  ])("%j names the field and says what to do", (value, field, message) => {
    const { mistakes } = checked(shape, value);
    expect(mistakes).toContainEqual({ field, message });
    expect(JSON.stringify(mistakes)).not.toContain("nvalid");
  });

  test("keeps the words of a schema that has its own, and tells all at once", () => {
    expect(checked(shape, { flag: 1, a: 1, b: 2 }).mistakes).toEqual([
      { field: "flag", message: "must be yes" },
      { field: "a", message: "no such field" },
      { field: "b", message: "no such field" },
    ]);
  });

  test("does not answer thousands of unknown names with as many", () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, 1]));
    expect(checked(shape, many).mistakes).toHaveLength(20);
  });

  test("is none in what fits", () => {
    expect(checked(shape, { name: "x" })).toEqual({ data: { name: "x" }, mistakes: null });
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { draftFrom, keptDraft } from "#lib/editor/draft.ts";

test("what was written comes back as it was, and is not outdated", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, base) => {
      const found = draftFrom(keptDraft({ text, base }), base);
      expect(found).toEqual({ text, base, restored: text !== base, outdated: false });
    }),
  );
});

test("a text that somebody changed meanwhile is told, also after the next key", () => {
  const found = draftFrom(keptDraft({ text: "b", base: "a" }), "c");
  expect(found).toEqual({ text: "b", base: "a", restored: true, outdated: true });
  const next = draftFrom(keptDraft({ text: "bb", base: found.base }), "c");
  expect(next.outdated).toBe(true);
});

test("what has come into force as it was written is no draft any more", () => {
  expect(draftFrom(keptDraft({ text: "b", base: "a" }), "b")).toMatchObject({
    restored: false,
    outdated: false,
  });
});

test.each(["", "service: a", "null", "[]", "{}", '["a"]', "[1,2]"])(
  "something else in its place is left alone: %j",
  (kept) => expect(draftFrom(kept, "a").text).toBe("a"),
);

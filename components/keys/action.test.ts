import { describe, expect, test } from "vitest";
import { keyAction } from "#components/keys/action.ts";

const press = (
  key: string,
  held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});
const reading = { typing: false, singleKeys: true };

describe("a key", () => {
  test.each([
    ["?", "help"],
    ["/", "filter"],
    ["j", "next"],
    ["k", "previous"],
    ["x", null],
    ["J", null],
  ])("%s alone asks for %s", (key, action) => {
    expect(keyAction(press(key), reading)).toBe(action);
  });

  test.each([{ ctrlKey: true }, { metaKey: true }])(
    "k with %o opens the palette, even while typing",
    (held) => {
      expect(keyAction(press("k", held), { typing: true, singleKeys: false })).toBe("palette");
      expect(keyAction(press("K", held), reading)).toBe("palette");
    },
  );

  test("writes into a field while someone types", () => {
    expect(keyAction(press("j"), { typing: true, singleKeys: true })).toBeNull();
  });

  test("does nothing once single letters are switched off", () => {
    expect(keyAction(press("?"), { typing: false, singleKeys: false })).toBeNull();
  });

  test.each([
    ["j", { ctrlKey: true }],
    ["k", { altKey: true }],
    ["k", { ctrlKey: true, metaKey: true }],
    ["/", { metaKey: true }],
  ])("%s with %o belongs to the browser", (key, held) => {
    expect(keyAction(press(key, held), reading)).toBeNull();
  });
});

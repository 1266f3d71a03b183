import { describe, expect, test } from "vitest";
import {
  blobUrl,
  isOfRepository,
  isWholeRepository,
  repositoryOf,
  repositoryPlace,
} from "#lib/sources/repositoryFiles.ts";

describe("a document's name", () => {
  test.each([
    ["org/shop:slos/api.yaml", true, false],
    ["org/shop:", true, true],
    ["slos/api.yaml", false, false],
    ["api.yaml", false, false],
    ["c:/slos/api.yaml", false, false],
    ["/etc/slos/a:b.yaml", false, false],
    ["", false, false],
  ])("%s: of a repository %s, all of it %s", (name, ofRepository, whole) => {
    expect([isOfRepository(name), isWholeRepository(name)]).toEqual([ofRepository, whole]);
    expect(repositoryOf(name)).toBe(ofRepository ? "org/shop" : null);
  });

  test("of a repository is told from a file of the folder", () => {
    expect(isOfRepository(repositoryPlace("org/shop", "slos/api.yaml"))).toBe(true);
  });
});

test.each([
  ["slos/a.yaml", undefined, "slos/a.yaml"],
  ["slos/a.yaml", 14, "slos/a.yaml#L14"],
  ["slos/a b#1?.yaml", 1, "slos/a%20b%231%3F.yaml#L1"],
])("the page of %s at line %s ends with %s", (path, line, end) => {
  const at = { commit: "c1", path, ...(line === undefined ? {} : { line }) };
  expect(blobUrl("https://h/o/r", at)).toBe(`https://h/o/r/blob/c1/${end}`);
});

import { expect, test } from "vitest";
import { formatFinding } from "#lib/spec/format.ts";
import { readDocuments } from "#lib/spec/read.ts";
import { plain, sloth } from "#lib/spec/testing.ts";

function read(...texts: string[]) {
  const documents = readDocuments(texts.map((text, i) => ({ file: `${i}.yaml`, text })));
  return {
    slos: documents.flatMap(({ slos }) => slos.map(({ definition }) => definition.name)),
    errors: documents.flatMap(({ findings }) =>
      findings.filter((finding) => finding.severity === "error").map(formatFinding),
    ),
  };
}

test("two files that define one SLO are both told, each naming the other", () => {
  expect(read(plain(), plain({ name: "other" }), sloth())).toEqual({
    slos: ["other"],
    errors: [
      "0.yaml:3:5 slos[0]: api/availability is defined in 2.yaml:4 as well; rename one or take it out [duplicate-name]",
      "2.yaml:4:5 slos[0]: api/availability is defined in 0.yaml:3 as well; rename one or take it out [duplicate-name]",
    ],
  });
});

test("the same name in another service is another SLO", () => {
  expect(read(plain(), plain({}, { service: "web" }))).toMatchObject({ errors: [] });
});

test("an SLO with an error does not take its name from a right one", () => {
  const { slos, errors } = read(plain(), plain({ target: "2" }));
  expect(slos).toEqual(["availability"]);
  expect(errors).toHaveLength(1);
});

test("a former name that still exists is refused where it is claimed", () => {
  expect(read(plain({ name: "new", formerly: "[api/availability]" }), plain())).toEqual({
    slos: ["availability"],
    errors: [
      "0.yaml:3:5 slos[0]: formerly names api/availability, which is still defined in 1.yaml:3; take one of them out [formerly-clash]",
    ],
  });
});

test("a former name that two SLOs claim is refused in both", () => {
  const { slos, errors } = read(
    plain({ name: "a", formerly: "[api/old]" }),
    plain({ name: "b", formerly: "[api/old]" }),
  );
  expect(slos).toEqual([]);
  expect(errors).toEqual([
    "0.yaml:3:5 slos[0]: formerly names api/old, and so does 1.yaml:3; history can follow only one of them [formerly-clash]",
    "1.yaml:3:5 slos[0]: formerly names api/old, and so does 0.yaml:3; history can follow only one of them [formerly-clash]",
  ]);
});

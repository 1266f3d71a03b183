import { expect, test } from "vitest";
import { figuresTable } from "#bench/report.ts";

const figure = { what: "fleet", value: 60, unit: "ms" };

test.each([
  ["at its limit a promise is met", { promise: { atMost: 60 } }, "promise <= 60 ms: met"],
  ["above it, it says by how much", { promise: { atMost: 50 } }, "SHORT by 1.2x"],
  ["so does one that asks for more", { promise: { atLeast: 80 } }, "SHORT by 20 ms"],
  ["a floor gives a ratio", { against: { what: "empty page", value: 20 } }, "3.00x of empty page"],
  ["a small share is a fraction", { against: { what: "Sloth", value: 6000 } }, "1/100 of Sloth"],
])("%s", (_, more, said) => {
  expect(figuresTable("Pages", [{ ...figure, ...more }])).toContain(said);
});

test("columns line up", () => {
  const lines = figuresTable("Pages", [figure, { ...figure, what: "SLO page", value: 1234 }]).split(
    "\n",
  );
  expect(lines).toEqual(["Pages", "fleet        60 ms", "SLO page  1,234 ms"]);
});

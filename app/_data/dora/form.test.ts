import { expect, test } from "vitest";
import { askedDora } from "#app/_data/dora/ask.ts";
import { mistakesOf, shownFields } from "#app/_data/dora/form.ts";

const now = Date.UTC(2026, 10, 21);
const ask = (query: string) => askedDora(new URLSearchParams(query), now);
const choices = { teams: ["shop"], services: ["cart"], months: [], years: [] };

test.each([
  ["", {}],
  ["team=shop&service=cart", {}],
  ["team=shp", { team: "No team is called this." }],
  ["team=shop&service=crt", { service: "No service is called this." }],
])("of %j the form says %j", (query, mistakes) => {
  expect(mistakesOf(ask(query), choices)).toEqual(mistakes);
});

test("the form shows what is shown, and keeps the days that were wrong to be mended", () => {
  expect(shownFields(ask("zone=Berlin&team=shop"))).toMatchObject({
    ...{ team: "shop", zone: "UTC", period: "30d", from: "", to: "" },
  });
  expect(shownFields(ask("period=days&from=2026-03-09&to=2026-03-01"))).toMatchObject({
    ...{ period: "days", from: "2026-03-09", to: "2026-03-01" },
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFilter, withFacet } from "#lib/fleet/filter.ts";

describe("a filter", () => {
  test.each([
    ["", {}],
    ["  ", {}],
    ["latency", { search: "latency" }],
    [
      "team:checkout state:exhausted latency",
      { team: "checkout", state: "exhausted", search: "latency" },
    ],
    ["p95 latency", { search: "p95 latency" }],
    ['team:"Core payments" cart', { team: "Core payments", search: "cart" }],
    ['service:checkout "under 400"', { service: "checkout", search: "under 400" }],
    ["STATE:At-Risk", { state: "at-risk" }],
    ['state:"at risk"', { state: "at-risk" }],
    ["team:a team:b", { team: "b" }],
    ['team:"half open', { team: "half", search: "open" }],
  ])("%s is understood", (text, filter) => {
    expect(parseFilter(text)).toEqual({ ...filter, problems: [] });
  });

  test.each([
    ["owner:me", /no facet "owner".*team:/],
    ["state:broken", /no state "broken".*exhausted/],
    ["team:", /team: needs a value/],
  ])("%s is told and does not filter", (text, message) => {
    const { problems, ...rest } = parseFilter(`${text} cart`);
    expect(problems).toEqual([expect.stringMatching(message)]);
    expect(rest).toEqual({ search: "cart" });
  });
});

describe("setting a facet", () => {
  test.each([
    ["latency", "exhausted", "state:exhausted latency"],
    ["state:watch latency", "exhausted", "state:exhausted latency"],
    ["state:watch team:a", null, "team:a"],
  ])("in %s to %s gives %s", (text, value, result) => {
    expect(withFacet(text, "state", value)).toBe(result);
  });

  test("any team's name comes back as it was given", () => {
    const name = fc
      .string({ minLength: 1 })
      .filter((text) => !/"/.test(text) && text.trim() !== "");
    fc.assert(
      fc.property(name, (team) => {
        expect(parseFilter(withFacet("latency", "team", team)).team).toBe(team);
      }),
    );
  });
});

import { describe, expect, test } from "vitest";
import { gateShape } from "#config/gate.ts";
import { ruleFor } from "#lib/policy/gateRules.ts";

const rules = (said: object) => gateShape.parse(said);

describe("the gate's rules", () => {
  test("are enforced and closed where nothing is said", () => {
    expect(ruleFor(rules({}), "production")).toEqual({ mode: "enforce", unknown: "closed" });
  });

  test("of an environment are over the default ones, field by field", () => {
    const said = rules({
      default: { unknown: "open" },
      environments: { staging: { mode: "dry-run" }, "/^PROD/i": { unknown: "closed" } },
    });
    expect(ruleFor(said, "staging")).toEqual({ mode: "dry-run", unknown: "open" });
    expect(ruleFor(said, "prod-eu")).toEqual({ mode: "enforce", unknown: "closed" });
    expect(ruleFor(said, "qa")).toEqual({ mode: "enforce", unknown: "open" });
  });

  test.each([
    [{ default: { mode: "warn" } }, /must be enforce or dry-run/],
    [{ default: { unknown: "allow" } }, /must be open or closed/],
    [{ default: { colour: 1 } }, /colour/],
    [{ environments: { "/(/": {} } }, /no regular expression/],
    [{ staging: {} }, /staging/],
  ])("%j is refused", (said, message) => {
    expect(gateShape.safeParse(said).error?.message).toMatch(message);
  });
});

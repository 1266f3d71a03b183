import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { admit, type GroupRules, groupsIn, rolesOf } from "#lib/access/admission.ts";

/** Names that every object answers to, though nobody gave them. */
const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];

describe("who may come in", () => {
  const rest = { known: false, disabled: false, invited: false, member: false };
  const verified = { emailVerified: true, emailTrusted: false, ...rest };

  test.each([
    ["a stranger", {}, "not_invited"],
    ["whoever was here before", { known: true }, null],
    ["whoever was shut out", { known: true, disabled: true, member: true }, "disabled"],
    ["whoever is invited", { invited: true }, null],
    ["whoever the provider's rule lets in", { member: true }, null],
    ["an unverified address, though invited", { emailVerified: false, invited: true }, UNVERIFIED],
    ["an unverified address, though known", { emailVerified: false, known: true }, UNVERIFIED],
    ["an unverified stranger", { emailVerified: false }, UNVERIFIED],
    [
      "an unmarked address of a trusted provider, invited",
      { emailVerified: false, emailTrusted: true, invited: true },
      null,
    ],
    [
      "an unmarked stranger of a trusted provider",
      { emailVerified: false, emailTrusted: true },
      "not_invited",
    ],
  ])("%s", (_who, said, refusal) => {
    expect(admit({ ...verified, ...said })).toBe(refusal);
  });

  test("nobody comes in by an address that is neither verified nor trusted, or without a reason", () => {
    const arrival = fc.record({
      emailVerified: fc.boolean(),
      emailTrusted: fc.boolean(),
      known: fc.boolean(),
      disabled: fc.boolean(),
      invited: fc.boolean(),
      member: fc.boolean(),
    });
    fc.assert(
      fc.property(arrival, (said) => {
        if (admit(said) !== null) return;
        expect(said.emailVerified || said.emailTrusted).toBe(true);
        expect(said.known || said.invited || said.member).toBe(true);
        expect(said.disabled).toBe(false);
      }),
    );
  });
});

const UNVERIFIED = "email_not_verified";

describe("the roles that groups give", () => {
  const rules: GroupRules = {
    teams: { pay: "payments", "pay-leads": "payments", web: "shop" },
    admins: ["sre"],
  };

  test.each<[string, string[], boolean | null, string[]]>([
    ["none", [], false, []],
    ["a group that no rule names", ["cats"], false, []],
    ["a group of a team", ["pay"], false, ["payments"]],
    ["two groups of one team give it once", ["pay", "pay-leads"], false, ["payments"]],
    ["teams come in one order", ["web", "pay"], false, ["payments", "shop"]],
    ["the admins' group", ["sre"], true, []],
    ["both", ["sre", "web"], true, ["shop"]],
    ["another case is another group", ["SRE", "Pay"], false, []],
    ["a team's own name is no group", ["payments", "shop"], false, []],
    ["names that every object has", INHERITED, false, []],
  ])("%s", (_what, groups, admin, teams) => {
    expect(rolesOf(groups, rules)).toEqual({ admin, teams });
  });

  test("where no rule is about admins, groups neither make nor unmake them", () => {
    expect(rolesOf(["sre"], { ...rules, admins: [] })).toEqual({ admin: null, teams: [] });
  });

  test("only teams that a rule names are given, whatever the groups are called", () => {
    const name = fc.oneof(fc.string(), fc.constantFrom(...INHERITED, "pay", "web", "sre"));
    fc.assert(
      fc.property(fc.array(name), (groups) => {
        const { admin, teams } = rolesOf(groups, rules);
        expect(["payments", "shop"]).toEqual(expect.arrayContaining([...teams]));
        expect(admin).toBe(groups.includes("sre"));
        expect(teams.includes("shop")).toBe(groups.includes("web"));
      }),
    );
  });
});

describe("the groups in a claim", () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ["a list", { groups: ["a", "b"] }, ["a", "b"]],
    ["one text", { groups: "a" }, ["a"]],
    ["an empty list", { groups: [] }, []],
    ["none", {}, []],
    ["null", { groups: null }, []],
    ["a number", { groups: 7 }, []],
    ["an object", { groups: { a: true } }, []],
    ["a list of anything: only its texts", { groups: ["a", 1, null, ["b"], { c: 1 }] }, ["a"]],
    ["another claim", { roles: ["a"] }, []],
  ])("%s", (_what, profile, groups) => {
    expect(groupsIn(profile, "groups")).toEqual(groups);
  });

  test.each(INHERITED)("a claim named %s is not found where nobody wrote it", (claim) => {
    expect(groupsIn({ groups: ["a"] }, claim)).toEqual([]);
    expect(groupsIn(JSON.parse(`{ "${claim}": ["a"] }`), claim)).toEqual(["a"]);
  });

  test("what stands on a profile's prototype is not the provider's word", () => {
    const profile: Record<string, unknown> = Object.create({ groups: ["sre"] });
    expect(groupsIn(profile, "groups")).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Actor, LOCAL, NOBODY, SCOPES, type Scope } from "#lib/access/actor.ts";
import { decide, type Permission } from "#lib/access/decide.ts";
import { grantable, refusedGrant } from "#lib/access/grant.ts";

const person = (admin: boolean, ...editorOf: string[]): Actor => ({
  kind: "person",
  id: "p",
  name: "P",
  email: "p@example.org",
  admin,
  editorOf,
});
const token = (team: string | null, ...scopes: Scope[]): Actor => ({
  kind: "token",
  id: "t",
  name: "t",
  scopes,
  team,
});
const ALL = [...SCOPES];
const OF_A_TEAM: Scope[] = ["read", "gate", "ingest", "write"];

describe("who may give which scopes", () => {
  test.each<[string, Actor, string | null, Scope[]]>([
    ["an admin gives all, for all teams", person(true), null, ALL],
    ["an admin gives all, for any team", person(true), "shop", ALL],
    ["an editor gives all but admin for their own team", person(false, "shop"), "shop", OF_A_TEAM],
    ["an editor gives none for another team", person(false, "shop"), "search", []],
    ["an editor gives none for all teams", person(false, "shop"), null, []],
    ["a viewer gives none", person(false), "shop", []],
    ["nobody gives none", NOBODY, "shop", []],
    ["nobody gives none for all teams", NOBODY, null, []],
    ["anyone on the machine gives all, where sign-in is off", LOCAL, null, ALL],
    ["a token that may write gives none", token("shop", "write", "read"), "shop", []],
    ["a token that may write for all gives none", token(null, "write"), "shop", []],
    ["a token of an admin gives all", token(null, "admin"), null, ALL],
    ["a token with admin of one team gives none", token("shop", "admin"), "shop", []],
  ])("%s", (_who, actor, team, scopes) => {
    expect(grantable(actor, team)).toEqual(scopes);
  });

  test.each<[string, Actor, string | null, Scope[], RegExp]>([
    ["beyond one's own", person(false, "shop"), "shop", ["read", "admin"], /scope admin/],
    ["another's team", person(false, "shop"), "search", ["read"], /editor of the team search/],
    ["all teams", person(false, "shop"), null, ["read"], /admin.*all teams/],
    ["by a program", token("shop", "write"), "shop", ["write"], /token with the scope admin/],
  ])("a refusal says why: %s", (_why, actor, team, scopes, words) => {
    expect(refusedGrant(actor, { scopes, team })).toMatch(words);
  });

  test("whatever a token that was given may do, its giver may do", () => {
    const team = fc.constantFrom("shop", "search", null);
    const scopes = fc.uniqueArray(fc.constantFrom(...SCOPES), { minLength: 1 });
    const giver = fc.oneof(
      fc.constantFrom<Actor>(LOCAL, NOBODY, person(true), person(false)),
      fc.subarray(["shop", "search"]).map((teams) => person(false, ...teams)),
      fc.tuple(team, scopes).map(([of, own]) => token(of, ...own)),
    );
    const permission = fc.constantFrom<Permission>("read", "gate", "ingest", "edit", "admin");
    fc.assert(
      fc.property(giver, team, scopes, permission, team, (actor, of, given, asked, about) => {
        fc.pre(refusedGrant(actor, { scopes: given, team: of }) === null);
        fc.pre(decide(token(of, ...given), asked, about) === "allow");
        expect(decide(actor, asked, about)).toBe("allow");
      }),
      { numRuns: 3_000 },
    );
  });
});

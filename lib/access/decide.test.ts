import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Actor,
  LOCAL,
  NOBODY,
  type Person,
  SCOPES,
  type Scope,
  SYSTEM,
} from "#lib/access/actor.ts";
import { decide, type Permission } from "#lib/access/decide.ts";

const PERMISSIONS: readonly Permission[] = [
  "public",
  "read",
  "gate",
  "ingest",
  "edit",
  "admin",
  "self",
];
/** What is asked about, in the order of the letters below: no team, "pay", "web", nobody's. */
const TEAMS = [undefined, "pay", "web", null] as const;
const LETTERS = { a: "allow", f: "forbidden", s: "sign-in" } as const;

const person = (admin: boolean, ...editorOf: string[]): Person => ({
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

/** One line an actor, one column a permission, one letter a team. */
const TABLE: readonly (readonly [who: string, actor: Actor, letters: string])[] = [
  //                                            public read gate ingest edit admin self
  ["nobody", NOBODY, "                          aaaa   ssss ssss ssss   ssss ssss  ssss"],
  ["anyone, sign-in being off", LOCAL, "        aaaa   aaaa aaaa aaaa   aaaa aaaa  ffff"],
  ["Plimsoll itself", SYSTEM, "                 aaaa   aaaa aaaa aaaa   aaaa aaaa  ffff"],
  ["a viewer", person(false), "                 aaaa   aaaa aaaa ffff   ffff ffff  aaaa"],
  ["an editor of pay", person(false, "pay"), "  aaaa   aaaa aaaa aaff   aaff ffff  aaaa"],
  ["an editor of web", person(false, "web"), "  aaaa   aaaa aaaa afaf   afaf ffff  aaaa"],
  ["an editor of both", person(false, "pay", "web"), "aaaa aaaa aaaa aaaf aaaf ffff  aaaa"],
  ["an admin", person(true), "                  aaaa   aaaa aaaa aaaa   aaaa aaaa  aaaa"],
  ["an admin who edits pay", person(true, "pay"), "aaaa aaaa aaaa aaaa  aaaa aaaa  aaaa"],
  ["a token without scopes", token(null), "     aaaa   ffff ffff ffff   ffff ffff  ffff"],
  ["a token, read", token(null, "read"), "      aaaa   aaaa ffff ffff   ffff ffff  ffff"],
  ["a token, gate", token(null, "gate"), "      aaaa   ffff aaaa ffff   ffff ffff  ffff"],
  ["a token, ingest", token(null, "ingest"), "  aaaa   ffff ffff aaaa   ffff ffff  ffff"],
  ["a token, write", token(null, "write"), "    aaaa   ffff ffff aaaa   aaaa ffff  ffff"],
  ["a token, admin", token(null, "admin"), "    aaaa   aaaa aaaa aaaa   aaaa aaaa  ffff"],
  ["pay's, read", token("pay", "read"), "       aaaa   aaaa ffff ffff   ffff ffff  ffff"],
  ["pay's, gate", token("pay", "gate"), "       aaaa   ffff aaaa ffff   ffff ffff  ffff"],
  ["pay's, ingest", token("pay", "ingest"), "   aaaa   ffff ffff aaff   ffff ffff  ffff"],
  ["pay's, write", token("pay", "write"), "     aaaa   ffff ffff aaff   aaff ffff  ffff"],
  ["pay's, admin", token("pay", "admin"), "     aaaa   aaaa aaaa aaff   aaff ffff  ffff"],
];

describe("the whole table: who may what, to what belongs to whom", () => {
  test.each(TABLE)("%s", (_who, actor, letters) => {
    const decided = PERMISSIONS.map((permission) =>
      TEAMS.map((team) => letterOf(decide(actor, permission, team))).join(""),
    );
    expect(decided).toEqual(letters.trim().split(/\s+/));
  });

  function letterOf(verdict: string): string {
    return Object.entries(LETTERS).find(([, word]) => word === verdict)?.[0] ?? verdict;
  }
});

const anyTeam = fc.constantFrom(...TEAMS, "", "Pay", "__proto__", "constructor");
const anyPermission = fc.constantFrom(...PERMISSIONS);
const someTeams = fc.subarray(["pay", "web", "", "Pay"]);
const someScopes = fc.subarray([...SCOPES]);
const tokenTeam = fc.constantFrom("pay", "web", null);

describe("whatever is asked", () => {
  const may = (actor: Actor, permission: Permission, team: string | null | undefined) =>
    decide(actor, permission, team) === "allow";

  test("nobody gets nothing but what is public, and is asked to sign in, never told no", () => {
    fc.assert(
      fc.property(anyPermission, anyTeam, (permission, team) => {
        const expected = permission === "public" ? "allow" : "sign-in";
        expect(decide(NOBODY, permission, team)).toBe(expected);
      }),
    );
  });

  test("whoever is known is never sent to sign in", () => {
    const known = fc.oneof(
      fc.constantFrom<Actor>(LOCAL, SYSTEM),
      fc.tuple(fc.boolean(), someTeams).map(([admin, teams]) => person(admin, ...teams)),
      fc.tuple(tokenTeam, someScopes).map(([team, scopes]) => token(team, ...scopes)),
    );
    fc.assert(
      fc.property(known, anyPermission, anyTeam, (actor, permission, team) => {
        expect(decide(actor, permission, team)).not.toBe("sign-in");
      }),
    );
  });

  test("a viewer may nothing that an editor may not, an editor nothing that an admin may not", () => {
    fc.assert(
      fc.property(someTeams, anyPermission, anyTeam, (teams, permission, team) => {
        const steps = [person(false), person(false, ...teams), person(true)];
        const allowed = steps.map((actor) => may(actor, permission, team));
        expect(allowed).toEqual([...allowed].sort());
      }),
    );
  });

  test("an editor changes what is their team's, and no other team's however it is written", () => {
    fc.assert(
      fc.property(someTeams, fc.string(), (teams, team) => {
        expect(may(person(false, ...teams), "edit", team)).toBe(teams.includes(team));
      }),
    );
  });

  test("a token gets only what its scopes contain", () => {
    const contains: Record<Scope, readonly Permission[]> = {
      read: ["public", "read"],
      gate: ["public", "gate"],
      ingest: ["public", "ingest"],
      write: ["public", "ingest", "edit"],
      admin: ["public", "read", "gate", "ingest", "edit", "admin"],
    };
    fc.assert(
      fc.property(tokenTeam, someScopes, anyPermission, anyTeam, (own, scopes, ...asked) => {
        const [permission] = asked;
        if (!may(token(own, ...scopes), ...asked) || permission === "public") return;
        expect(scopes.some((scope) => contains[scope].includes(permission))).toBe(true);
      }),
    );
  });

  test("a token of a team may nothing that the same token for all teams may not, and changes nothing of others", () => {
    fc.assert(
      fc.property(someScopes, anyPermission, anyTeam, (scopes, permission, team) => {
        const own = may(token("pay", ...scopes), permission, team);
        if (own) expect(may(token(null, ...scopes), permission, team)).toBe(true);
        const changes = permission === "edit" || permission === "ingest";
        if (changes && team !== undefined && team !== "pay") expect(own).toBe(false);
      }),
    );
  });

  test("no program has an account of its own", () => {
    fc.assert(
      fc.property(tokenTeam, someScopes, anyTeam, (own, scopes, team) => {
        expect(decide(token(own, ...scopes), "self", team)).toBe("forbidden");
      }),
    );
  });

  test("who may do it to something of a team may ask for it without naming the team", () => {
    const actor = fc.oneof(
      fc.tuple(fc.boolean(), someTeams).map(([admin, teams]) => person(admin, ...teams)),
      fc.tuple(tokenTeam, someScopes).map(([team, scopes]) => token(team, ...scopes)),
    );
    fc.assert(
      fc.property(actor, anyPermission, anyTeam, (who, permission, team) => {
        if (may(who, permission, team)) expect(may(who, permission, undefined)).toBe(true);
      }),
    );
  });
});

import { describe, expect, test } from "vitest";
import type { PersonView } from "#components/settings/people/view.ts";
import { invitedAs, personRole, sessionWords, wayIn } from "#components/settings/people/words.ts";

const person = (over: Partial<PersonView>): PersonView => ({
  id: "p",
  name: "Ada",
  email: "ada@example.com",
  admin: false,
  adminFrom: "hand",
  disabledAt: null,
  waysIn: ["password"],
  teams: [],
  sessions: 0,
  lastSeenAt: null,
  self: false,
  ...over,
});
const hand = (team: string) => ({ team, origin: "hand" as const });
const group = (team: string) => ({ team, origin: "groups" as const });

test.each([
  [person({}), "Viewer"],
  [person({ teams: [hand("cart")] }), "Editor of cart"],
  [person({ teams: [hand("cart"), group("cart"), group("shop")] }), "Editor of cart and shop"],
  [person({ admin: true, teams: [hand("cart")] }), "Admin"],
  [person({ admin: true, adminFrom: "groups" }), "Admin, by group"],
])("a role is said in a few words: %#", (who, words) => {
  expect(personRole(who)).toBe(words);
});

test.each([
  [{ admin: true, teams: ["cart"] }, "as an admin"],
  [{ admin: false, teams: ["cart", "shop"] }, "as an editor of cart and shop"],
  [{ admin: false, teams: [] }, "as a viewer"],
])("an invitation says as what: %o", (invitation, words) => {
  expect(invitedAs(invitation)).toBe(words);
});

test.each([
  [0, "signed in nowhere"],
  [1, "signed in at 1 browser"],
  [3, "signed in at 3 browsers"],
])("%d sessions read: %s", (sessions, words) => {
  expect(sessionWords(sessions)).toBe(words);
});

describe("a way to sign in", () => {
  test.each([
    ["credential", "password"],
    ["github", "GitHub"],
    ["okta", "Okta"],
    ["gone-from-the-configuration", "gone-from-the-configuration"],
    ["constructor", "constructor"],
  ])("%s is called %s", (provider, name) => {
    expect(wayIn(provider, { okta: "Okta" })).toBe(name);
  });
});

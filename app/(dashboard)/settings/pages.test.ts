import { expect, test } from "vitest";
import { firstPage, tabsFor } from "#app/(dashboard)/settings/pages.ts";
import { type Actor, LOCAL, NOBODY } from "#lib/access/actor.ts";

const person = { kind: "person", id: "p", name: "P", email: "p@example.com" } as const;
const ACTORS: Readonly<Record<string, Actor>> = {
  admin: { ...person, admin: true, editorOf: [] },
  editor: { ...person, admin: false, editorOf: ["cart"] },
  viewer: { ...person, admin: false, editorOf: [] },
  local: LOCAL,
  nobody: NOBODY,
};
const ALL = "People, Teams, API tokens, Webhooks, Notifications, Audit log, Your account";

test.each([
  ["admin", ALL, "/settings/people"],
  ["editor", "Teams, API tokens, Notifications, Your account", "/settings/account"],
  ["viewer", "Teams, Your account", "/settings/account"],
  ["local", ALL.replace(", Your account", ""), "/settings/people"],
  ["nobody", "", "/settings/teams"],
])("%s sees these pages of the settings: %s", (name, labels, first) => {
  const actor = ACTORS[name];
  if (!actor) throw new Error(name);
  expect(
    tabsFor(actor)
      .map(({ label }) => label)
      .join(", "),
  ).toBe(labels);
  expect(firstPage(actor)).toBe(first);
});
